/// The token that buys a new access token (BM-MERCHANT-API 6.1, method 2). It is never shown.
public struct RefreshToken: Hashable, Sendable, Secret {
    /// The text shown in place of the token.
    public static let shownAs = "(refresh token)"

    /// The token in clear. Never show, log or store it.
    public let secret: String

    /// Takes a token that was kept from an earlier ``Grant``.
    public init(_ secret: String) {
        self.secret = secret
    }
}
