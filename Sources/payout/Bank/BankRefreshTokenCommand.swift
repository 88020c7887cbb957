import ArgumentParser
import MerchantAPI

struct BankRefreshTokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "refresh-token",
        abstract: "Gets a new access token for a refresh token (method 2). The tokens stay hidden.",
        discussion:
            "A refresh token may work only once: another program that uses the same token must then log in again.")

    @Option(help: "The refresh token. Without it, the command asks, or reads standard input.")
    var refreshToken: String?

    @Flag(help: "Log in first, and refresh the token of this login.")
    var afterLogin = false

    @OptionGroup var bank: BankOptions

    func validate() throws {
        if afterLogin, refreshToken != nil {
            throw ValidationError("give either --refresh-token or --after-login")
        }
    }

    func run() async throws {
        try await bank.running("refresh-token") { call in
            let own = afterLogin ? nil : try call.secret("refresh-token", refreshToken, prompt: "refresh token")
            return try await call.send { client in
                if let own { return try await client.refreshToken(RefreshToken(own)) }
                guard let granted = try await client.logInByHand().refresh else {
                    throw CommandError(.someRefused, "the bank's login gives no refresh token")
                }
                return try await client.refreshToken(granted)
            }
        }
    }
}
