import PaymentValues
import Testing

@Suite struct TiyinTests {
    @Test(arguments: [
        (0, "0,00"), (5, "0,05"), (100, "1,00"), (123_456_789, "1 234 567,89"), (-150, "-1,50"),
        (Int64.max, "92 233 720 368 547 758,07"), (Int64.min, "-92 233 720 368 547 758,08"),
    ])
    func isShownInSomWithGroupsAndTwoDecimals(count: Int64, shown: String) {
        #expect(Tiyin(count).description == shown)
    }

    @Test func aSumBeyond64BitsIsAnErrorAndNeverWrapsAround() throws {
        #expect(try Tiyin(1).adding(Tiyin(2)) == Tiyin(3))
        #expect(throws: Tiyin.Overflow.self) { try Tiyin(.max).adding(Tiyin(1)) }
    }
}
