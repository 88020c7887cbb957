/// A password. Never shown, whatever prints it.
public struct Password: Hashable, Sendable, Secret {
    public static let shownAs = "(password)"

    let secret: String

    public init(_ secret: String) {
        self.secret = secret
    }
}
