import Foundation
import GRDB
import PaymentValues
package import Payouts

/// The people of batches, for a comparison with a new file.
extension Ledger {
    /// Returns the people of a batch, in the order of its rows, without those who were withdrawn.
    package func people(of batch: BatchID) throws(LedgerError) -> [Person] {
        try read { db in
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT row, rowKey, name, cardFingerprint, maskedCard, amountTiyin FROM payout
                    WHERE batchID = ? AND state <> 'withdrawn' ORDER BY row
                    """, arguments: [batch.number])
            var people: [Person] = []
            while let row = try rows.next() {
                people.append(
                    Person(
                        row: row[0], key: row[1], name: row[2], card: CardFingerprint(row[3] as Data),
                        maskedCard: row[4], amount: Tiyin(row[5])))
            }
            return people
        }
    }

    /// Returns the person of a payout, as this ledger would know them.
    package func person(of payout: Payout) -> Person {
        Person(
            row: payout.row, key: payout.rowKey, name: payout.name,
            card: CardFingerprint(seal.fingerprint(of: payout.card)), maskedCard: payout.card.masked,
            amount: payout.amount)
    }
}
