/// The key of one attempt at the bank (`agentTranId`): fifteen decimal digits, safe in JavaScript and in Excel.
public struct AgentTransactionID: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The fifteen digits as a number.
    public let number: Int64

    /// All numbers of fifteen digits.
    public static let range: ClosedRange<Int64> = 100_000_000_000_000...999_999_999_999_999

    /// - Throws: ``Invalid`` outside ``range``.
    public init(_ number: Int64) throws(Invalid) {
        guard Self.range.contains(number) else { throw Invalid() }
        self.number = number
    }

    /// Maps any number to an id; the same number to the same id.
    package init(mapping number: UInt64) {
        let size = UInt64(Self.range.upperBound - Self.range.lowerBound + 1)
        self.number = Self.range.lowerBound + Int64(number % size)
    }

    /// The number does not have fifteen digits.
    public struct Invalid: Error, Hashable {}

    /// Compares by number.
    public static func < (left: AgentTransactionID, right: AgentTransactionID) -> Bool {
        left.number < right.number
    }

    /// The fifteen digits.
    public var description: String { String(number) }
}
