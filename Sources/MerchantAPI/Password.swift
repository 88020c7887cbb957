/// A password. It is never shown.
public struct Password: Hashable, Sendable, Secret {
    /// The text shown in place of the password.
    public static let shownAs = "(password)"

    let secret: String

    /// Takes a password in clear.
    public init(_ secret: String) {
        self.secret = secret
    }
}
