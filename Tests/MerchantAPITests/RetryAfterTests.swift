import NIOHTTP1
import Testing

@testable import MerchantAPI

@Suite struct RetryAfterTests {
    private static let now = "Mon, 30 Nov 2026 09:59:30 GMT"

    @Test(arguments: [
        ("40", 40), ("0", 0), ("86400", 86_400), (" 7 ", 7), ("Mon, 30 Nov 2026 10:00:10 GMT", 40),
        ("Monday, 30-Nov-26 10:00:10 GMT", 40), ("Mon Nov 30 10:00:10 2026", 40), ("Mon, 30 Nov 2026 09:00:00 GMT", 0),
        ("1.5", 2), ("86401", 86_400), ("99999999999999999999", 86_400), ("Fri, 31 Dec 9999 23:59:59 GMT", 86_400),
    ]) func theBankMayNameSecondsOrADate(text: String, seconds: Int) {
        #expect(RetryAfter.seconds(in: ["Retry-After": text, "Date": Self.now]) == seconds)
    }

    @Test(arguments: ["", "soon", "-5", "nan"])
    func aRetryAfterThatCannotBeReadIsIgnored(text: String) {
        #expect(RetryAfter.seconds(in: ["Retry-After": text, "Date": Self.now]) == nil)
    }

    @Test func aDateNeedsTheClockOfTheBank() {
        #expect(RetryAfter.seconds(in: ["Retry-After": "Mon, 30 Nov 2026 10:00:10 GMT"]) == nil)
        #expect(RetryAfter.seconds(in: [:]) == nil)
    }
}
