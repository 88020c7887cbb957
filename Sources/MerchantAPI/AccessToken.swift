/// The token that goes with every call (BM-MERCHANT-API 6.1, methods 1 and 2). Never shown.
public struct AccessToken: Hashable, Sendable, Secret {
    /// What is shown in its place.
    public static let shownAs = "(token)"

    /// Never show, log or store it in clear.
    public let secret: String
}
