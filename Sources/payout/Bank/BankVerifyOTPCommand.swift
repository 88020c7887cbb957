import ArgumentParser
import MerchantAPI

struct BankVerifyOTPCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify-otp",
        abstract: "Verifies the code from send-otp and gets the card's token (method 4). The token stays hidden.")

    @Option(help: "The id from send-otp.")
    var id: VerificationID

    @Option(help: "The code. Without it, the command asks, or reads standard input.")
    var otp: String?

    @OptionGroup var bank: BankOptions

    func run() async throws {
        try await bank.running("verify-otp") { call in
            let verification = OTPVerification(id: id, otp: try call.code(otp))
            return try await call.send(
                leaving: .something(
                    advice:
                        "the code may be used up: check with “payout bank get-user-cards” whether the card is listed")
            ) { try await $0.verifyOTP(verification) }
        }
    }
}
