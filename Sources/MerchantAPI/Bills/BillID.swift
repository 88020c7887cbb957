/// The bank's number of a bill (`billId` in requests, `id` in answers; BM-MERCHANT-API 6.1, methods 6 to 14).
public struct BillID: Hashable, Sendable, CustomStringConvertible {
    /// The number. It is above zero.
    public let number: Int64

    /// Takes a number above zero.
    /// - Throws: ``Invalid`` for zero and below.
    public init(_ number: Int64) throws(Invalid) {
        guard number > 0 else { throw Invalid() }
        self.number = number
    }

    /// An error for a number that is not above zero.
    public struct Invalid: Error, Hashable {}

    /// The number as text.
    public var description: String { String(number) }

    var json: JSONValue { .number(String(number)) }
}
