import ArgumentParser

struct BankCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bank",
        abstract: "Calls one of the bank's 15 methods directly.",
        discussion: """
            A command that moves money asks first. The shell keeps options in its history, so you can leave out cards, codes and \
            tokens: the command asks for them without showing them, or reads them from standard input, one per line. To \
            try it, start `payout sandbox` in another terminal and set PAYOUT_BANK_URL to its address.

            Exit codes: 0 done · 10 refused by the bank, no effect · 11 unknown whether it took effect · 64 wrong use, or \
            nobody to ask and no --yes · 69 bank unreachable, no effect · 75 not confirmed, or the bank asks to \
            slow down: no effect · 78 configuration, including a refused login.
            """,
        subcommands: [
            BankLoginCommand.self, BankRefreshTokenCommand.self, BankSendOTPCommand.self, BankVerifyOTPCommand.self,
            BankGetUserCardsCommand.self, BankCheckCommand.self, BankPayCommand.self, BankHoldCommand.self,
            BankConfirmHoldCommand.self, BankAddToHoldCommand.self, BankCancelCommand.self,
            BankReverseHoldCommand.self, BankReversePartOfHoldCommand.self, BankStatusCommand.self,
            BankPayoutCommand.self,
        ])
}
