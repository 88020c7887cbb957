import PaymentValues
import Testing

@Suite struct CardExpiryTests {
    @Test(arguments: [("0127", 1, 2027), ("1230", 12, 2030), ("0900", 9, 2000)])
    func monthAndYearAreRead(text: String, month: Int, year: Int) throws {
        let expiry = try CardExpiry(mmyy: text)
        #expect(expiry.month == month && expiry.year == year && expiry.mmyy == text)
    }

    @Test(arguments: ["", "127", "01/27", "1327", "0027", "012027", "०१२७", " 127"])
    func anythingButMMYYIsRefused(text: String) {
        #expect(throws: CardExpiry.Invalid.self) { try CardExpiry(mmyy: text) }
    }

    @Test(arguments: [(10, 2026, false), (11, 2026, false), (12, 2026, true), (1, 2027, true), (12, 2025, false)])
    func aCardIsGoodUntilTheEndOfItsMonth(month: Int, year: Int, isPast: Bool) throws {
        #expect(try CardExpiry(mmyy: "1126").isPast(month: month, year: year) == isPast)
    }

    @Test func theExpiryIsNeverShown() throws {
        let expiry = try CardExpiry(mmyy: "0127")
        for shown in ["\(expiry)", String(reflecting: expiry)] {
            #expect(shown == "**/**")
        }
        #expect(Mirror(reflecting: expiry).children.isEmpty)
    }
}
