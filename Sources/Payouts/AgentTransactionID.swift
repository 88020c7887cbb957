/// The key of one attempt at the bank (`agentTranId`): fifteen decimal digits, safe in JavaScript and in Excel.
public struct AgentTransactionID: Hashable, Sendable, Comparable, CustomStringConvertible {
    public let number: Int64

    public static let range: ClosedRange<Int64> = 100_000_000_000_000...999_999_999_999_999

    /// `nil` outside ``range``.
    public init?(_ number: Int64) {
        guard Self.range.contains(number) else { return nil }
        self.number = number
    }

    public static func < (left: AgentTransactionID, right: AgentTransactionID) -> Bool {
        left.number < right.number
    }

    public var description: String { String(number) }
}
