/// A password. Never shown, whatever prints it.
public struct Password: Hashable, Sendable {
    let secret: String

    public init(_ secret: String) {
        self.secret = secret
    }
}

extension Password: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "(password)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
