/// A value that is never shown: not by `print`, string interpolation, `dump` or a mirror.
public protocol Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The text shown in place of the value.
    static var shownAs: String { get }
}

extension Secret {
    /// The text shown in place of the value.
    public var description: String { Self.shownAs }
    /// The text shown in place of the value.
    public var debugDescription: String { Self.shownAs }
    /// Shows nothing inside.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
