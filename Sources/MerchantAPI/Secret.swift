/// A value that is never shown: not by `print`, string interpolation, `dump` or a mirror.
public protocol Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// What is shown in its place.
    static var shownAs: String { get }
}

extension Secret {
    /// What is shown in its place.
    public var description: String { Self.shownAs }
    /// What is shown in its place.
    public var debugDescription: String { Self.shownAs }
    /// Shows nothing inside.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
