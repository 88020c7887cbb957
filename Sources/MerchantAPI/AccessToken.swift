/// The token that goes with every call (BM-MERCHANT-API 6.1, methods 1 and 2). It is never shown.
public struct AccessToken: Hashable, Sendable, Secret {
    /// The text shown in place of the token.
    public static let shownAs = "(token)"

    /// The token in clear. Never show, log or store it.
    public let secret: String
}
