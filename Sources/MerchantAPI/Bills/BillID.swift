/// The bank's number of a bill (`billId` where it is asked about, `id` where it answers; BM-MERCHANT-API 6.1, methods 6 to 14).
public struct BillID: Hashable, Sendable, CustomStringConvertible {
    /// Above zero.
    public let number: Int64

    /// `nil` for zero and below.
    public init?(_ number: Int64) {
        guard number > 0 else { return nil }
        self.number = number
    }

    public var description: String { String(number) }

    var json: JSONValue { .number(String(number)) }
}
