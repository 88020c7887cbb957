import GRDB
package import PaymentValues
package import Payouts

/// The unsettled part of a batch. The time to read it depends on the part's size, not on the batch's size.
package struct Remainder: Hashable, Sendable {
    /// Rows that were not sent, or whose sends had no effect.
    package let notSent: ControlTotals
    /// The unknown rows, and the rows with a request in flight. Those become unknown if the program ends now.
    package let unknown: ControlTotals
}

extension Ledger {
    package func remainder(of batch: BatchID) throws(LedgerError) -> Remainder {
        try read { db in
            Remainder(
                notSent: try totals(of: .queued, in: batch, db),
                unknown: try totals(of: .unknown, in: batch, db).adding(totals(of: .sending, in: batch, db)))
        }
    }

    /// Returns the sender accounts of the rows that were not sent, without duplicates, sorted by digits.
    package func accountsOfNotSent(in batch: BatchID) throws(LedgerError) -> [SettlementAccount] {
        try read { db in
            try String.fetchAll(
                db,
                sql: "SELECT DISTINCT account FROM payout WHERE batchID = ? AND state = 'queued' ORDER BY account",
                arguments: [batch.number]
            ).map { try SettlementAccount($0) }
        }
    }

    /// Returns the totals of each state of a batch. A state without rows may be absent.
    package func totals(in batch: BatchID) throws(LedgerError) -> [PayoutState: ControlTotals] {
        try read { db in try totals(in: batch, db) }
    }

    func totals(in batch: BatchID, _ db: Database) throws -> [PayoutState: ControlTotals] {
        try Row.fetchAll(
            db, sql: "SELECT state, count(*), sum(amountTiyin) FROM payout WHERE batchID = ? GROUP BY state",
            arguments: [batch.number]
        ).reduce(into: [:]) { totals, row in
            let state = try PayoutState(rawValue: row[0]).orDamaged("a state cannot be read")
            totals[state] = ControlTotals(rows: row[1], sum: Tiyin(row[2]))
        }
    }

    /// Returns the totals to pay: the file with its corrections.
    package func toPay(of batch: BatchID) throws(LedgerError) -> ControlTotals {
        try read { db in
            let file = try batchRecord(batch, in: db).totals
            return ControlTotals(
                rows: file.rows, sum: try file.sum.adding(corrections(in: batch, db).change))
        }
    }

    private func totals(of state: PayoutState, in batch: BatchID, _ db: Database) throws -> ControlTotals {
        let row = try Row.fetchOne(
            db, sql: "SELECT count(*), coalesce(sum(amountTiyin), 0) FROM payout WHERE batchID = ? AND state = ?",
            arguments: [batch.number, state.rawValue]
        ).orDamaged("rows cannot be counted")
        return ControlTotals(rows: row[0], sum: Tiyin(row[1]))
    }
}
