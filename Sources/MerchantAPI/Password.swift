/// A password. Never shown.
public struct Password: Hashable, Sendable, Secret {
    /// What is shown in its place.
    public static let shownAs = "(password)"

    let secret: String

    /// Takes a password in clear.
    public init(_ secret: String) {
        self.secret = secret
    }
}
