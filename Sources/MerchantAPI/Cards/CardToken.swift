/// Stands for a card that its holder has confirmed (BM-MERCHANT-API 6.1, method 4). Never shown. No method of the document takes
/// it.
public struct CardToken: Hashable, Sendable, Secret {
    /// What is shown in its place.
    public static let shownAs = "(card token)"

    /// Never show, log or store it in clear.
    public let secret: String
}
