/// The bank's number of a bill (`billId` in requests, `id` in answers; BM-MERCHANT-API 6.1, methods 6 to 14).
public struct BillID: Hashable, Sendable, CustomStringConvertible {
    /// Above zero.
    public let number: Int64

    /// - Throws: ``Invalid`` for zero and below.
    public init(_ number: Int64) throws(Invalid) {
        guard number > 0 else { throw Invalid() }
        self.number = number
    }

    /// The number is not above zero.
    public struct Invalid: Error, Hashable {}

    /// The number.
    public var description: String { String(number) }

    var json: JSONValue { .number(String(number)) }
}
