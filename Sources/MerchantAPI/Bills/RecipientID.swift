/// The bank's number of a supplier who can be paid (`recipientId`; BM-MERCHANT-API 6.1, method 6).
public struct RecipientID: Hashable, Sendable, CustomStringConvertible {
    /// Above zero.
    public let number: Int64

    /// `nil` for zero and below.
    public init?(_ number: Int64) {
        guard number > 0 else { return nil }
        self.number = number
    }

    public var description: String { String(number) }
}
