/// A bank's МФО: 5 digits, often with leading zeros (Anor Bank is `01183`). No reliable list of these codes is
/// published.
public struct BankCode: Hashable, Sendable, CustomStringConvertible {
    /// The 5 digits.
    public let digits: String

    /// Takes 5 ASCII digits.
    /// - Throws: ``Invalid`` for any other text.
    public init(_ digits: String) throws(Invalid) {
        guard digits.utf8.count == 5, digits.utf8.allSatisfy(\.isASCIIDigit) else { throw Invalid() }
        self.digits = digits
    }

    /// An error for a text that is not 5 digits.
    public struct Invalid: Error, Hashable {}

    /// The 5 digits.
    public var description: String { digits }
}
