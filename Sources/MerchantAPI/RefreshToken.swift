/// The token for which the bank gives a new access token (BM-MERCHANT-API 6.1, method 2). Never shown.
public struct RefreshToken: Hashable, Sendable, Secret {
    public static let shownAs = "(refresh token)"

    /// Never show, log or store it in clear.
    public let secret: String

    public init(_ secret: String) {
        self.secret = secret
    }
}
