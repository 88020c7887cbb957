import Foundation
import GRDB
import PaymentValues
package import Payouts

/// A second person's approval to pay a batch.
extension Ledger {
    /// Approves a batch, bound to its file and its control totals. A later correction voids the approval.
    ///
    /// - Parameter totals: the totals that the approver stated.
    /// - Throws: ``LedgerError/otherTotals(batch:stated:actual:)``, ``LedgerError/approverIsMaker(who:made:)``
    package func approve(_ batch: BatchID, as totals: ControlTotals) throws(LedgerError) {
        try write { db in
            let record = try batchRecord(batch, in: db)
            let current = try statement(of: batch, in: db).toPay
            guard totals == current else {
                throw LedgerError.otherTotals(batch: record.reference, stated: totals, actual: current)
            }
            if Self.person(who) == Self.person(record.importedBy) {
                throw LedgerError.approverIsMaker(who: who, made: "imported")
            }
            let correctors = try String.fetchAll(
                db, sql: "SELECT DISTINCT who FROM correction WHERE batchID = ?", arguments: [batch.number])
            if correctors.contains(where: { Self.person($0) == Self.person(who) }) {
                throw LedgerError.approverIsMaker(who: who, made: "corrected")
            }
            let at = timestamp()
            let row: Row = [
                "at": at, "who": who, "batchID": batch.number, "fileSHA256": record.digest.hex, "rows": totals.rows,
                "sumTiyin": totals.sum.count, "lastCorrection": try lastCorrection(in: batch, db),
            ]
            let signature = seal.records.sign(approval: row)
            try db.execute(
                sql: """
                    INSERT INTO approval (at, who, batchID, fileSHA256, rows, sumTiyin, lastCorrection, signature)
                    VALUES (:at, :who, :batchID, :fileSHA256, :rows, :sumTiyin, :lastCorrection, :signature)
                    """,
                arguments: StatementArguments(Dictionary(row, uniquingKeysWith: { $1 }) as [String: DatabaseValue])
                    + ["signature": signature])
            try self.record(
                Event(batch: batch, why: .approved(totals), evidence: signature), at: at, in: db)
        }
    }

    /// Returns the approver of the batch. Returns `nil` if nobody approved it, or if it was corrected since then.
    package func approver(of batch: BatchID) throws(LedgerError) -> String? {
        try read { db in try approver(of: batch, in: db) }
    }

    /// Returns the approver. An approval does not count if its signature is wrong or its totals differ.
    func approver(of batch: BatchID, in db: Database) throws -> String? {
        let record = try batchRecord(batch, in: db)
        let toPay = try record.totals.sum.adding(corrections(in: batch, db).change)
        return try Row.fetchAll(
            db,
            sql: """
                SELECT * FROM approval WHERE batchID = ? AND fileSHA256 = ? AND lastCorrection = ?
                    AND rows = ? AND sumTiyin = ?
                ORDER BY id DESC
                """,
            arguments: [
                batch.number, record.digest.hex, try lastCorrection(in: batch, db), record.totals.rows, toPay.count,
            ]
        ).first { seal.records.sign(approval: $0) == ($0["signature"] as Data?) }?["who"]
    }

    private func lastCorrection(in batch: BatchID, _ db: Database) throws -> Int64 {
        try Int64.fetchOne(db, sql: "SELECT max(id) FROM correction WHERE batchID = ?", arguments: [batch.number]) ?? 0
    }

    /// Returns the person without the machine. The same name on another machine counts as the same person.
    private static func person(_ who: String) -> Substring {
        who.prefix { $0 != "@" }
    }
}
