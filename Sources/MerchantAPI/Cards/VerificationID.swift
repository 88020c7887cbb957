/// The bank's number of a code that it sent (`id`; BM-MERCHANT-API 6.1, methods 3 and 4).
public struct VerificationID: Hashable, Sendable, CustomStringConvertible {
    /// Above zero.
    public let number: Int64

    /// `nil` for zero and below.
    public init?(_ number: Int64) {
        guard number > 0 else { return nil }
        self.number = number
    }

    public var description: String { String(number) }
}
