import ArgumentParser

struct BankCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bank",
        abstract: "Calls one of the bank's 15 methods by hand.",
        discussion: """
            What moves money asks first. A card, a code or a token that is not given as an option is asked for without being \
            shown, or read from standard input, a line each: what stands on the command line is kept in the shell's history. To \
            try it, start `payout sandbox` in another terminal and give its address as PAYOUT_BANK_URL.

            Exit codes: 0 done · 10 the bank refused, and this call did nothing · 11 nobody knows whether it was done · 64 wrong use, or \
            nobody to ask and no --yes · 69 bank unreachable, nothing was done · 75 the person said no, or the bank asks to \
            slow down: nothing was done · 78 configuration, the login among it.
            """,
        subcommands: [
            BankLoginCommand.self, BankRefreshTokenCommand.self, BankSendOTPCommand.self, BankVerifyOTPCommand.self,
            BankGetUserCardsCommand.self, BankCheckCommand.self, BankPayCommand.self, BankHoldCommand.self,
            BankConfirmHoldCommand.self, BankAddToHoldCommand.self, BankCancelCommand.self,
            BankReverseHoldCommand.self, BankReversePartOfHoldCommand.self, BankStatusCommand.self,
            BankPayoutCommand.self,
        ])
}
