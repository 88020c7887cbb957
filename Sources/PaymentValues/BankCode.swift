/// A bank's МФО: 5 digits, often with leading zeros (Anor Bank is `01183`). No reliable list of them is published.
public struct BankCode: Hashable, Sendable, CustomStringConvertible {
    public let digits: String

    /// - Throws: ``Invalid`` for anything but 5 ASCII digits.
    public init(_ digits: String) throws(Invalid) {
        guard digits.utf8.count == 5, digits.utf8.allSatisfy(\.isASCIIDigit) else { throw Invalid() }
        self.digits = digits
    }

    public struct Invalid: Error, Hashable {}

    public var description: String { digits }
}
