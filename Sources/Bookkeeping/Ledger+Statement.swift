import Foundation
import GRDB
import Payouts

extension Ledger {
    package func statement(of batch: BatchID) throws(LedgerError) -> BatchStatement {
        try read { db in try statement(of: batch, in: db) }
    }

    /// Hands out the batch and its rows as they stood at one moment, however long the reading takes.
    ///
    /// - Parameter body: gets the statement, and a function that calls it back with each row in the file's order.
    package func report<T>(
        on batch: BatchID, _ body: (BatchStatement, ((StatementRow) throws -> Void) throws -> Void) throws -> T
    ) throws -> T {
        do {
            return try pool.read { db in
                try body(try statement(of: batch, in: db)) { each in
                    let rows = try Row.fetchCursor(db, sql: Self.rowsOfBatch, arguments: [batch.number])
                    while let row = try rows.next() { try each(StatementRow(row)) }
                }
            }
        } catch let error as DatabaseError {
            throw readingError(error)
        }
    }

    func statement(of batch: BatchID, in db: Database) throws -> BatchStatement {
        let record = try batchRecord(batch, in: db)
        var totals: [PayoutState: ControlTotals] = [:]
        for row in try Row.fetchAll(
            db, sql: "SELECT state, count(*), sum(amountTiyin) FROM payout WHERE batchID = ? GROUP BY state",
            arguments: [batch.number])
        {
            let state = try PayoutState(rawValue: row[0]).orDamaged("a state cannot be read")
            totals[state] = ControlTotals(rows: row[1], sum: Tiyin(row[2]))
        }
        let commission = try Int64.fetchOne(
            db, sql: "SELECT sum(commissionAmountTiyin) FROM attempt WHERE batchID = ? AND verdict = 'paid'",
            arguments: [batch.number])
        let accounts = try String.fetchAll(
            db, sql: "SELECT DISTINCT account FROM payout WHERE batchID = ? ORDER BY account", arguments: [batch.number]
        )
        return BatchStatement(
            reference: record.reference, fileName: record.fileName, digest: record.digest,
            importedBy: record.importedBy,
            importedAt: record.importedAt, bank: record.bank, file: record.totals, totals: totals,
            commission: Tiyin(commission ?? 0), pause: record.pause,
            accounts: try accounts.map { try SettlementAccount($0) }, warnings: try warnings(of: batch, in: db),
            warningsAcceptedBy: record.warningsAcceptedBy)
    }

    private static let rowsOfBatch = """
        SELECT payout.*, attempt.agentTranID, attempt.bmID, attempt.commission, attempt.commissionAmountTiyin,
            attempt.senderExtID, attempt.recipientExtID,
            (SELECT sum(sends) FROM attempt AS every WHERE every.batchID = payout.batchID AND every.row = payout.row)
                AS allSends
        FROM payout JOIN attempt ON attempt.batchID = payout.batchID AND attempt.row = payout.row
            AND attempt.number =
                (SELECT max(number) FROM attempt AS last WHERE last.batchID = payout.batchID AND last.row = payout.row)
        WHERE payout.batchID = ?
        ORDER BY payout.row
        """
}

extension StatementRow {
    init(_ row: Row) throws {
        let commission: String? = row["commission"]
        let receipt = (row["bmID"] as Int64?).map { bmID in
            BankReceipt(
                bmID: bmID, commission: commission.flatMap { Decimal(string: $0) },
                commissionAmount: (row["commissionAmountTiyin"] as Int64?).map(Tiyin.init),
                senderExtID: row["senderExtID"], recipientExtID: row["recipientExtID"])
        }
        self.init(
            row: row["row"], account: try SettlementAccount(row["account"]), bankCode: try BankCode(row["bankCode"]),
            maskedCard: row["maskedCard"], name: row["name"], rowKey: row["rowKey"], amount: Tiyin(row["amountTiyin"]),
            state: try PayoutState(rawValue: row["state"]).orDamaged("a state cannot be read"), reason: Reason(row),
            receipt: receipt,
            id: try AgentTransactionID(row["agentTranID"]).orDamaged("an agentTranId is out of range"),
            sends: row["allSends"], changedAt: Date(milliseconds: row["changedAt"]))
    }
}
