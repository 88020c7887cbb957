/// The company's account at the bank, 20 digits. They are the balance account (5), the currency (3), a check digit, the
/// client (8) and a sequence (3). The check digit is not verified, because its algorithm is not published.
public struct SettlementAccount: Hashable, Sendable, CustomStringConvertible {
    /// The 20 digits.
    public let digits: String

    /// Takes 20 ASCII digits.
    /// - Throws: ``Invalid`` for any other text.
    public init(_ digits: String) throws(Invalid) {
        guard digits.utf8.count == 20, digits.utf8.allSatisfy(\.isASCIIDigit) else { throw Invalid() }
        self.digits = digits
    }

    /// An error for a text that is not 20 digits.
    public struct Invalid: Error, Hashable {}

    /// The currency in digits 6 to 8: `000` is UZS, `840` USD, `978` EUR.
    public var currencyCode: String {
        String(digits.dropFirst(5).prefix(3))
    }

    /// The 20 digits.
    public var description: String { digits }
}
