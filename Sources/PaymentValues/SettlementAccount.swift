/// The company's account at the bank, 20 digits: 5 for the balance account, 3 for the currency, 1 key, 8 for the client and 3
/// for a sequence. The key is not checked, because its algorithm is not published.
public struct SettlementAccount: Hashable, Sendable, CustomStringConvertible {
    /// The 20 digits.
    public let digits: String

    /// - Throws: ``Invalid`` for anything but 20 ASCII digits.
    public init(_ digits: String) throws(Invalid) {
        guard digits.utf8.count == 20, digits.utf8.allSatisfy(\.isASCIIDigit) else { throw Invalid() }
        self.digits = digits
    }

    /// The text is not 20 digits.
    public struct Invalid: Error, Hashable {}

    /// Digits 6 to 8: `000` is UZS, `840` USD, `978` EUR.
    public var currencyCode: String {
        String(digits.dropFirst(5).prefix(3))
    }

    /// The 20 digits.
    public var description: String { digits }
}
