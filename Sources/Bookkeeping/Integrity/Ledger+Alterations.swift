import Foundation
import GRDB
import PaymentValues
import Payouts

extension Ledger {
    /// Reads a batch and checks its signature, so that an altered batch is never signed again.
    ///
    /// - Throws: ``LedgerError/altered(path:what:)``
    @discardableResult
    func signedRecord(of batch: BatchID, _ db: Database) throws -> BatchRecord {
        let row = try Row.fetchOne(db, sql: "SELECT * FROM batch WHERE id = ?", arguments: [batch.number])
            .orDamaged("a batch is gone")
        let record = try BatchRecord(row)
        guard seal.records.sign(batch: row) == (row["signature"] as Data?) else {
            throw LedgerError.altered(path: path, what: "batch “\(record.reference)” is not as it was written")
        }
        return record
    }

    /// Returns a queued row that was not queued by a transition: its last event says otherwise.
    private func rowThatEventsSayWasSent(in batch: BatchID, _ db: Database) throws -> Int? {
        let hasEvents = try Bool.fetchOne(
            db, sql: "SELECT EXISTS (SELECT 1 FROM event WHERE batchID = ? AND row IS NOT NULL)",
            arguments: [batch.number])
        guard hasEvents == true else { return nil }
        return try Int.fetchOne(
            db,
            sql: """
                SELECT row FROM payout INDEXED BY payoutByState WHERE batchID = ? AND state = 'queued'
                    AND coalesce((SELECT toState FROM event WHERE event.batchID = payout.batchID
                        AND event.row = payout.row AND toState IS NOT NULL ORDER BY event.id DESC LIMIT 1), 'queued') <> 'queued'
                LIMIT 1
                """, arguments: [batch.number])
    }

    /// Returns a row that was in doubt according to its events, and that the ledger no longer doubts.
    private func rowWithForgottenDoubt(in batch: BatchID, _ db: Database) throws -> Int? {
        try Int.fetchOne(
            db,
            sql: """
                SELECT payout.row FROM payout INDEXED BY payoutByState CROSS JOIN attempt
                    ON attempt.batchID = payout.batchID AND attempt.row = +payout.row AND attempt.isDoubtful = 0
                WHERE payout.batchID = ? AND payout.state IN ('queued', 'sending', 'unknown', 'review', 'refused')
                    AND EXISTS (SELECT 1 FROM event INDEXED BY eventByRow WHERE event.batchID = payout.batchID
                        AND event.row = payout.row AND event.agentTranID = attempt.agentTranID
                        AND event.toState IN ('unknown', 'review'))
                LIMIT 1
                """, arguments: [batch.number])
    }

    /// Compares a batch with its import and its corrections, before anything of it is sent.
    ///
    /// - Throws: ``LedgerError/altered(path:what:)``
    package func checkUnaltered(_ batch: BatchID) throws(LedgerError) {
        try read { db in
            let record = try signedRecord(of: batch, db)
            let name = "batch “\(record.reference)”"
            for row in try Row.fetchAll(
                db, sql: "SELECT * FROM correction WHERE batchID = ?", arguments: [batch.number])
            where seal.records.sign(correction: row) != (row["signature"] as Data?) {
                throw LedgerError.altered(
                    path: path, what: "a correction of row \(row["row"] as Int) of \(name) is not as it was written")
            }
            if let row = try rowThatEventsSayWasSent(in: batch, db) {
                throw LedgerError.altered(
                    path: path, what: "row \(row) of \(name) waits to be sent, but its events say otherwise")
            }
            if let row = try rowWithForgottenDoubt(in: batch, db) {
                throw LedgerError.altered(
                    path: path, what: "a lost send of row \(row) of \(name) is forgotten, but its events know it")
            }
            let totals = try totals(in: batch, db).values.reduce(ControlTotals.zero) { try $0.adding($1) }
            let toPay = try record.totals.sum.adding(corrections(in: batch, db).change)
            guard totals == ControlTotals(rows: record.totals.rows, sum: toPay) else {
                throw LedgerError.altered(
                    path: path,
                    what: "\(name) has \(totals.rows) rows for \(totals.sum) so‘m, but \(record.totals.rows) rows for "
                        + "\(toPay) so‘m were imported and corrected")
            }
        }
    }
}
