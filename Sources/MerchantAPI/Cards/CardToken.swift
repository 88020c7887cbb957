/// Represents a card that its holder has confirmed (BM-MERCHANT-API 6.1, method 4). It is never shown. No method of the
/// document takes it.
public struct CardToken: Hashable, Sendable, Secret {
    /// The text shown in place of the token.
    public static let shownAs = "(card token)"

    /// The token in clear. Never show, log or store it.
    public let secret: String
}
