/// A card's expiry as it is printed on the card: month and year, MMYY. The card is valid until the end of that month.
public struct CardExpiry: Hashable, Sendable {
    /// The month, 1 to 12.
    public let month: Int
    /// The year in four digits, 2000 to 2099.
    public let year: Int

    /// Takes an expiry as it is printed on a card.
    /// - Parameter text: MMYY, four digits, with the leading zero.
    /// - Throws: ``Invalid`` for any other text.
    public init(mmyy text: String) throws(Invalid) {
        guard text.utf8.count == 4, text.utf8.allSatisfy(\.isASCIIDigit) else { throw Invalid() }
        let mmyy = text.utf8.reduce(0) { $0 * 10 + Int($1 - 48) }
        month = mmyy / 100
        year = 2000 + mmyy % 100
        guard (1...12).contains(month) else { throw Invalid() }
    }

    /// An error for a text that is not a month and a year.
    public struct Invalid: Error, Hashable {}

    /// The expiry as MMYY, as the bank expects it (BM-MERCHANT-API 6.1, method 15).
    public var mmyy: String {
        (month < 10 ? "0" : "") + String(month) + (year % 100 < 10 ? "0" : "") + String(year % 100)
    }

    /// Returns whether the card's last month is before the given one.
    public func isPast(month now: Int, year thisYear: Int) -> Bool {
        (year, month) < (thisYear, now)
    }
}

extension CardExpiry: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// A row of stars. The expiry is never shown.
    public var description: String { "**/**" }
    /// A row of stars. The expiry is never shown.
    public var debugDescription: String { description }
    /// Shows nothing inside.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
