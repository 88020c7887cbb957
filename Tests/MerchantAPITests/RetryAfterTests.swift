import NIOHTTP1
import Testing

@testable import MerchantAPI

@Suite struct RetryAfterTests {
    private static let now = "Mon, 30 Nov 2026 09:59:30 GMT"

    @Test(arguments: [
        ("40", 40), ("0", 0), ("86400", 86_400), (" 7 ", 7), ("Mon, 30 Nov 2026 10:00:10 GMT", 40),
        ("Monday, 30-Nov-26 10:00:10 GMT", 40), ("Mon Nov 30 10:00:10 2026", 40), ("Mon, 30 Nov 2026 09:00:00 GMT", 0),
    ]) func theBankMayNameSecondsOrADate(text: String, seconds: Int) {
        #expect(RetryAfter.seconds(in: ["Retry-After": text, "Date": Self.now]) == seconds)
    }

    @Test(arguments: ["", "soon", "-5", "1.5", "86401", "Tue, 01 Dec 2026 10:00:00 GMT", "99999999999999999999"])
    func aRetryAfterThatIsUnreadableOrTooLongIsIgnored(text: String) {
        #expect(RetryAfter.seconds(in: ["Retry-After": text, "Date": Self.now]) == nil)
    }

    @Test func aDateNeedsTheClockOfTheBank() {
        #expect(RetryAfter.seconds(in: ["Retry-After": "Mon, 30 Nov 2026 10:00:10 GMT"]) == nil)
        #expect(RetryAfter.seconds(in: [:]) == nil)
    }
}
