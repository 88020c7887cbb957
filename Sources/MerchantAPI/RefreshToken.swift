/// The token that buys a new access token (BM-MERCHANT-API 6.1, method 2). Never shown.
public struct RefreshToken: Hashable, Sendable, Secret {
    /// What is shown in its place.
    public static let shownAs = "(refresh token)"

    /// Never show, log or store it in clear.
    public let secret: String

    /// Takes a token that was kept from an earlier ``Grant``.
    public init(_ secret: String) {
        self.secret = secret
    }
}
