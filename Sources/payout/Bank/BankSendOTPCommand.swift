import ArgumentParser
import MerchantAPI

struct BankSendOTPCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "send-otp", abstract: "Sends a code to the phone of a card's holder (method 3).")

    @OptionGroup var card: CardOptions
    @OptionGroup var bank: BankOptions

    func run() async throws {
        try await bank.running("send-otp") { call in
            let request = OTPRequest(card: try call.card(card.pan), expiry: try call.expiry(card.exp))
            return try await call.send(
                leaving: .something(
                    advice: "the bank may have sent an SMS: ask the card's holder, and send another only if none came")
            ) { try await $0.sendOTP(request) }
        }
    }
}

/// The card options of a bank command.
struct CardOptions: ParsableArguments {
    @Option(help: "The card's number, 16 digits. Without it, the command asks, or reads standard input.")
    var pan: String?

    @Option(help: "The card's expiry, MMYY. Without it, the command asks, or reads standard input.")
    var exp: String?
}
