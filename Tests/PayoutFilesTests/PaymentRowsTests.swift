import Fixtures
import PaymentValues
import Testing

@testable import PayoutFiles

@Suite struct PaymentRowsTests {
    /// Few cards and amounts, so that many rows are the same; some amounts differ in their upper bits alone.
    @Test(arguments: [1, 2, 3] as [UInt64]) func theFirstRowThatPaysTheSameIsFoundAsADictionaryFindsIt(seed: UInt64)
        throws
    {
        struct Payment: Hashable {
            let card: CardNumber
            let amount: Int64
        }
        var random = SeededGenerator(seed: seed)
        var table = PaymentRows()
        var known: [Payment: Int] = [:]
        for row in 2...20_000 {
            let card = Samples.card(Int.random(in: 1...900, using: &random))
            let amount = Int64.random(in: 1...40, using: &random) << (Int64.random(in: 0...3, using: &random) * 18)
            let payment = Payment(card: card, amount: amount)
            let found = table.firstRow(paying: card, Tiyin(amount), now: row)
            #expect(found == known[payment], "row \(row), seed \(seed)")
            if known[payment] == nil { known[payment] = row }
        }
        #expect(known.count > 10_000)
    }
}
