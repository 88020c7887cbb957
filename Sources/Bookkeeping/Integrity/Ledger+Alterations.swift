import Foundation
import GRDB
import Payouts

extension Ledger {
    /// Reads a batch whose signature is right: a false one must not be signed again.
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

    /// Compares a batch with what was imported and corrected, before anything of it is sent.
    ///
    /// - Throws: ``LedgerError/altered(path:what:)``
    package func demandUnaltered(_ batch: BatchID) throws(LedgerError) {
        try read { db in
            let record = try signedRecord(of: batch, db)
            let name = "batch “\(record.reference)”"
            for row in try Row.fetchAll(
                db, sql: "SELECT * FROM correction WHERE batchID = ?", arguments: [batch.number])
            where seal.records.sign(correction: row) != (row["signature"] as Data?) {
                throw LedgerError.altered(
                    path: path, what: "a correction of row \(row["row"] as Int) of \(name) is not as it was written")
            }
            let totals = try totals(in: batch, db).values.reduce(ControlTotals.zero) { try $0.adding($1) }
            let toPay = try record.totals.sum.adding(corrections(in: batch, db).change)
            guard totals == ControlTotals(rows: record.totals.rows, sum: toPay) else {
                throw LedgerError.altered(
                    path: path,
                    what: "\(name) has \(totals.rows) rows for \(totals.sum) so'm, and \(record.totals.rows) rows for "
                        + "\(toPay) so'm were imported and corrected")
            }
        }
    }
}
