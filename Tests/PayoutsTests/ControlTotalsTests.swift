import PaymentValues
import Payouts
import Testing

@Suite struct ControlTotalsTests {
    @Test func totalsAreRowsAndTheirSum() throws {
        var totals = ControlTotals.zero
        try totals.add(Tiyin(100))
        try totals.add(Tiyin(50))
        #expect(totals == ControlTotals(rows: 2, sum: Tiyin(150)))
        #expect(try totals.adding(ControlTotals(rows: 3, sum: Tiyin(1))) == ControlTotals(rows: 5, sum: Tiyin(151)))
    }

    @Test func aSumBeyond64BitsIsAnErrorAndChangesNothing() {
        var totals = ControlTotals(rows: 1, sum: Tiyin(.max))
        #expect(throws: Tiyin.Overflow.self) { try totals.adding(ControlTotals(rows: 1, sum: Tiyin(1))) }
        #expect(throws: Tiyin.Overflow.self) { try totals.add(Tiyin(1)) }
        #expect(totals == ControlTotals(rows: 1, sum: Tiyin(.max)))
    }
}
