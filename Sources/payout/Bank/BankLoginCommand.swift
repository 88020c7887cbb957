import ArgumentParser
import MerchantAPI

struct BankLoginCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "login", abstract: "Logs in, and shows what the token is worth (method 1). The token stays hidden."
    )

    @OptionGroup var bank: BankOptions

    func run() async throws {
        try await bank.running("login") { hand in
            try await hand.call {
                try await $0.logInByHand()
            } show: {
                ShownFields($0)
            }
        }
    }
}

extension MerchantClient {
    /// A login that was asked for fails as any other does.
    func logInByHand() async throws(MerchantError) -> Grant {
        do {
            return try await login()
        } catch {
            throw MerchantError(method: error.method, cause: .loginFailed(error.cause))
        }
    }
}
