package import Foundation
import GRDB
package import PaymentValues
package import Payouts

/// A payout of any batch, as a search over all batches shows it.
package struct FoundPayout: Hashable, Sendable {
    package let batch: BatchReference
    package let row: Int
    package let name: String?
    package let rowKey: String?
    package let maskedCard: String
    package let amount: Tiyin
    package let state: PayoutState
    /// The time of the last change of state.
    package let changedAt: Date
    package let bmID: Int64?
}

/// The batches that changed since an event.
package struct LedgerChanges: Sendable {
    /// The number of the last event.
    package let lastEvent: Int64
    package let batches: Set<BatchID>
}

/// Reads what a search over all batches needs.
extension Ledger {
    /// Returns the batches with events after a given one, or all batches.
    ///
    /// - Parameter kinds: the kinds of events that count. `nil` means all.
    package func changes(since event: Int64?, of kinds: [EventKind]? = nil) throws(LedgerError) -> LedgerChanges {
        try read { db in
            let last = try Self.chainHead(db).event
            guard let event else {
                let all = try Int64.fetchAll(db, sql: "SELECT id FROM batch")
                return LedgerChanges(lastEvent: last, batches: Set(all.map(BatchID.init(number:))))
            }
            var sql = "SELECT DISTINCT batchID FROM event WHERE id > ?"
            var arguments: StatementArguments = [event]
            if let kinds {
                sql += " AND kind IN (\(kinds.map { _ in "?" }.joined(separator: ", ")))"
                arguments += StatementArguments(kinds.map(\.rawValue))
            }
            let changed = try Int64.fetchAll(db, sql: sql, arguments: arguments)
            return LedgerChanges(lastEvent: last, batches: Set(changed.map(BatchID.init(number:))))
        }
    }

    /// Hands out what a search compares: the row, the name, the accountant's id, the masked card and the amount.
    package func forEachSearchable(
        in batch: BatchID, _ each: (Int, String?, String?, _ maskedCard: String, Tiyin) throws -> Void
    ) throws(LedgerError) {
        try read { db in
            let rows = try Row.fetchCursor(
                db, sql: "SELECT row, name, rowKey, maskedCard, amountTiyin FROM payout WHERE batchID = ? ORDER BY row",
                arguments: [batch.number])
            while let row = try rows.next() { try each(row[0], row[1], row[2], row[3], Tiyin(row[4])) }
        }
    }

    /// Returns payouts with their present states.
    package func payouts(_ rows: [(batch: BatchID, row: Int)]) throws(LedgerError) -> [FoundPayout] {
        try read { db in
            let statement = try db.cachedStatement(
                sql: """
                    SELECT reference, payout.row, name, rowKey, maskedCard, amountTiyin, state, changedAt,
                        (SELECT bmID FROM attempt WHERE attempt.batchID = payout.batchID AND attempt.row = payout.row
                            ORDER BY number DESC LIMIT 1)
                    FROM payout JOIN batch ON batch.id = payout.batchID WHERE payout.batchID = ? AND payout.row = ?
                    """)
            return try rows.compactMap { place in
                try Row.fetchOne(statement, arguments: [place.batch.number, place.row]).map { row in
                    FoundPayout(
                        batch: try BatchReference(stored: row[0]), row: row[1], name: row[2], rowKey: row[3],
                        maskedCard: row[4], amount: Tiyin(row[5]),
                        state: try PayoutState(rawValue: row[6]).orDamaged("a state cannot be read"),
                        changedAt: Date(milliseconds: row[7]), bmID: row[8])
                }
            }
        }
    }
}
