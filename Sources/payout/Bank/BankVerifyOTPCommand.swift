import ArgumentParser
import MerchantAPI

struct BankVerifyOTPCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify-otp",
        abstract: "Hands in the code that send-otp had sent, for the card's token (method 4). The token stays hidden.")

    @Option(help: "The id that send-otp gave.")
    var id: VerificationID

    @Option(help: "The code; asked for, or a line of standard input.")
    var otp: String?

    @OptionGroup var bank: BankOptions

    func run() async throws {
        try await bank.running("verify-otp") { hand in
            let verification = OTPVerification(id: id, otp: try hand.code(otp))
            return try await hand.call(
                leaving: .something(
                    advice: "the code may be used up: look with “payout bank get-user-cards” whether the card is there")
            ) { try await $0.verifyOTP(verification) }
        }
    }
}
