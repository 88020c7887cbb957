import Foundation
import GRDB
import PaymentValues
package import Payouts

extension Ledger {
    package func statement(of batch: BatchID) throws(LedgerError) -> BatchStatement {
        try read { db in try statement(of: batch, in: db) }
    }

    /// Calls `body` with a consistent snapshot of the batch and its rows.
    package func report<T>(on batch: BatchID, _ body: (BatchSnapshot) throws -> T) throws -> T {
        do {
            return try pool.read { db in try body(BatchSnapshot(of: batch, in: self, db)) }
        } catch let error as DatabaseError {
            throw readingError(error)
        }
    }

    func statement(of batch: BatchID, in db: Database) throws -> BatchStatement {
        let record = try batchRecord(batch, in: db)
        let commission = try Int64.fetchOne(
            db, sql: "SELECT sum(commissionAmountTiyin) FROM attempt WHERE batchID = ? AND verdict = 'paid'",
            arguments: [batch.number])
        let accounts = try String.fetchAll(
            db, sql: "SELECT DISTINCT account FROM payout WHERE batchID = ? ORDER BY account", arguments: [batch.number]
        )
        let corrections = try corrections(in: batch, db)
        let approvalsNeeded = try approvalsNeeded(for: record, in: db)
        return BatchStatement(
            reference: record.reference, fileName: record.fileName, digest: record.digest,
            importedBy: record.importedBy,
            importedAt: record.importedAt, bank: record.bank, file: record.totals, totals: try totals(in: batch, db),
            commission: Tiyin(commission ?? 0), pause: record.pause,
            accounts: try accounts.map { try SettlementAccount($0) }, warnings: try warnings(of: batch, in: db),
            warningsAcceptedBy: record.warningsAcceptedBy,
            corrections: .init(rows: corrections.rows, change: corrections.change),
            approval: try approval(of: record, needed: approvalsNeeded, in: db), approvalsNeeded: approvalsNeeded,
            ledgerHead: try Self.chainHead(db).text)
    }
}
