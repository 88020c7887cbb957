package import Foundation
import GRDB
package import Payouts

/// What a batch still holds about people, beyond the facts that prove its payouts.
package struct PersonalData: Hashable, Sendable {
    package let batch: BatchID
    package let reference: BatchReference
    /// When a row of the batch last changed.
    package let lastChange: Date
    /// Whether rows of the batch are not sent yet, unknown or in dispute.
    package let isOpen: Bool
    /// Whether the bank must be asked before anything of the batch is given up, because the ledger was set back.
    package let asksFirst: Bool
    /// The number of paid and withdrawn rows with a name or an id.
    package let names: Int
    /// The numbers of the refused rows. Each has a sealed card.
    package let refused: [Int]
}

/// Erases personal data that nobody needs any more.
extension Ledger {
    /// Returns the personal data of every batch, in the order of their imports.
    package func personalData() throws(LedgerError) -> [PersonalData] {
        try read { db in
            let refused = try Row.fetchAll(
                db, sql: "SELECT batchID, row FROM payout WHERE state = 'refused' ORDER BY batchID, row"
            ).reduce(into: [Int64: [Int]]()) { $0[$1[0], default: []].append($1[1]) }
            return try Row.fetchAll(
                db,
                sql: """
                    SELECT batchID, reference, asksFirst, max(changedAt) AS lastChange,
                        sum(state NOT IN ('paid', 'withdrawn', 'refused')) > 0 AS isOpen,
                        sum(state IN ('paid', 'withdrawn') AND (name IS NOT NULL OR rowKey IS NOT NULL)) AS names
                    FROM payout JOIN batch ON batch.id = payout.batchID GROUP BY batchID ORDER BY batchID
                    """
            ).map { row in
                PersonalData(
                    batch: BatchID(number: row["batchID"]), reference: try BatchReference(stored: row["reference"]),
                    lastChange: Date(milliseconds: row["lastChange"]), isOpen: row["isOpen"],
                    asksFirst: row["asksFirst"], names: row["names"], refused: refused[row["batchID"]] ?? [])
            }
        }
    }

    /// Erases the names and ids of a batch's paid and withdrawn rows, and signs these rows again. Amounts, masked cards,
    /// the bank's ids and the event log stay.
    ///
    /// - Returns: the number of rows.
    /// - Throws: ``LedgerError/altered(path:what:)`` if a row is not as it was written. Nothing is erased then.
    @discardableResult
    package func eraseNames(of batch: BatchID) throws(LedgerError) -> Int {
        try write { db in
            let record = try signedRecord(of: batch, db)
            let rows = try Row.fetchAll(db, sql: Self.namedRows, arguments: [batch.number])
            for row in rows {
                let id: Int64 = row["agentTranID"]
                func signature(name: String?, rowKey: String?) -> Data {
                    seal.records.sign(
                        row: row["row"], of: record.reference, record.digest, account: row["account"],
                        bankCode: row["bankCode"], maskedCard: row["maskedCard"],
                        cardFingerprint: row["cardFingerprint"],
                        amountTiyin: row["amountTiyin"], name: name, rowKey: rowKey, agentTranID: id)
                }
                guard signature(name: row["name"], rowKey: row["rowKey"]) == (row["signature"] as Data?) else {
                    throw LedgerError.altered(
                        path: path,
                        what: "row \(row["row"] as Int) of batch “\(record.reference)” is not as it was written")
                }
                try db.cachedStatement(
                    sql: "UPDATE payout SET name = NULL, rowKey = NULL, signature = ? WHERE batchID = ? AND row = ?"
                ).execute(arguments: [signature(name: nil, rowKey: nil), batch.number, row["row"] as Int])
            }
            if !rows.isEmpty {
                try self.record(Event(batch: batch, why: .namesErased(rows: rows.count)), at: timestamp(), in: db)
            }
            return rows.count
        }
    }

    /// Finds the settled rows with a name or an id, and the latest attempt of each.
    private static let namedRows = """
        SELECT payout.*, attempt.agentTranID FROM payout
        JOIN attempt ON attempt.batchID = payout.batchID AND attempt.row = payout.row AND attempt.number =
            (SELECT max(number) FROM attempt AS last WHERE last.batchID = payout.batchID AND last.row = payout.row)
        WHERE payout.batchID = ? AND payout.state IN ('paid', 'withdrawn')
            AND (name IS NOT NULL OR rowKey IS NOT NULL)
        """
}
