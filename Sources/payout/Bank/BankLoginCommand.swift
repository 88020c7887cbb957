import ArgumentParser
import MerchantAPI

struct BankLoginCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "login", abstract: "Logs in and shows the token's lifetime (method 1). The token stays hidden."
    )

    @OptionGroup var bank: BankOptions

    func run() async throws {
        try await bank.running("login") { call in
            try await call.send { try await $0.logInByHand() }
        }
    }
}

extension MerchantClient {
    /// Logs in. It reports a failure in the same way as the other methods.
    func logInByHand() async throws(MerchantError) -> Grant {
        do {
            return try await login()
        } catch {
            throw MerchantError(method: error.method, cause: .loginFailed(error.cause))
        }
    }
}
