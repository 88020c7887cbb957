import ArgumentParser
import MerchantAPI

struct BankSendOTPCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "send-otp", abstract: "Has a code sent to the phone of a card's holder (method 3).")

    @OptionGroup var card: CardOptions
    @OptionGroup var bank: BankOptions

    func run() async throws {
        try await bank.running("send-otp") { hand in
            let request = OTPRequest(card: try hand.card(card.pan), expiry: try hand.expiry(card.exp))
            return try await hand.call(
                leaving: .something(
                    advice: "an SMS may be on its way: ask the card's holder, and have another sent only if none came")
            ) { try await $0.sendOTP(request) }
        }
    }
}

/// The card of a method.
struct CardOptions: ParsableArguments {
    @Option(help: "The card's number, 16 digits; asked for, or a line of standard input.")
    var pan: String?

    @Option(help: "The card's expiry, MMYY; asked for, or a line of standard input.")
    var exp: String?
}
