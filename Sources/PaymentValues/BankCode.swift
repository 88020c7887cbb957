/// A bank's МФО: 5 digits, often with leading zeros (Anor Bank is `01183`). No reliable list of them is published.
public struct BankCode: Hashable, Sendable, CustomStringConvertible {
    /// The 5 digits.
    public let digits: String

    /// - Throws: ``Invalid`` for anything but 5 ASCII digits.
    public init(_ digits: String) throws(Invalid) {
        guard digits.utf8.count == 5, digits.utf8.allSatisfy(\.isASCIIDigit) else { throw Invalid() }
        self.digits = digits
    }

    /// The text is not 5 digits.
    public struct Invalid: Error, Hashable {}

    /// The 5 digits.
    public var description: String { digits }
}
