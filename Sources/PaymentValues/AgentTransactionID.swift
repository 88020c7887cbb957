/// The idempotency key of one attempt at the bank (`agentTranId`): fifteen decimal digits. JavaScript and Excel keep it
/// exact.
public struct AgentTransactionID: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The fifteen digits as a number.
    public let number: Int64

    /// All numbers of fifteen digits.
    public static let range: ClosedRange<Int64> = 100_000_000_000_000...999_999_999_999_999

    /// Takes a number in ``range``.
    /// - Throws: ``Invalid`` for any other number.
    public init(_ number: Int64) throws(Invalid) {
        guard Self.range.contains(number) else { throw Invalid() }
        self.number = number
    }

    /// Maps any number to an id. The same number always gives the same id.
    package init(mapping number: UInt64) {
        let size = UInt64(Self.range.upperBound - Self.range.lowerBound + 1)
        self.number = Self.range.lowerBound + Int64(number % size)
    }

    /// An error for a number that does not have fifteen digits.
    public struct Invalid: Error, Hashable {}

    /// Compares by number.
    public static func < (left: AgentTransactionID, right: AgentTransactionID) -> Bool {
        left.number < right.number
    }

    /// The fifteen digits as text.
    public var description: String { String(number) }
}
