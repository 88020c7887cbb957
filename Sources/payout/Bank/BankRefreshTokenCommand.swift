import ArgumentParser
import MerchantAPI

struct BankRefreshTokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "refresh-token",
        abstract: "Gets a new access token for a refresh token (method 2). The tokens stay hidden.",
        discussion: "A refresh token may serve only once: whoever else uses this one will have to log in.")

    @Option(help: "The refresh token; asked for, or a line of standard input.")
    var refreshToken: String?

    @Flag(help: "Log in first, and renew that login's token.")
    var afterLogin = false

    @OptionGroup var bank: BankOptions

    func validate() throws {
        if afterLogin, refreshToken != nil {
            throw ValidationError("give either --refresh-token or --after-login")
        }
    }

    func run() async throws {
        try await bank.running("refresh-token") { hand in
            let own = afterLogin ? nil : try hand.secret("refresh-token", refreshToken, prompt: "refresh token")
            return try await hand.call { client in
                if let own { return try await client.refreshToken(RefreshToken(own)) }
                guard let granted = try await client.logInByHand().refresh else {
                    throw CommandError(.someRefused, "the login gives no refresh token: there is nothing to renew")
                }
                return try await client.refreshToken(granted)
            }
        }
    }
}
