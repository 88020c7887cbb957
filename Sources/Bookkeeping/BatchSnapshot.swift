import Foundation
import GRDB
import Payouts

/// A batch as it stood at one moment, however long the reading takes.
package struct BatchSnapshot {
    package let statement: BatchStatement
    let batch: BatchID
    let db: Database

    init(of batch: BatchID, in ledger: Ledger, _ db: Database) throws {
        statement = try ledger.statement(of: batch, in: db)
        self.batch = batch
        self.db = db
    }

    /// In the file's order.
    package func forEachRow(_ body: (StatementRow) throws -> Void) throws {
        let rows = try Row.fetchCursor(
            db, sql: Self.rows + "WHERE payout.batchID = ? ORDER BY payout.row", arguments: [batch.number])
        while let row = try rows.next() { try body(StatementRow(row)) }
    }

    /// Every attempt at the rows that were tried more than once, in the file's order.
    package func forEachAttempt(_ body: (StatementRow) throws -> Void) throws {
        let attempts = try Row.fetchCursor(
            db,
            sql: Self.attempts + """
                WHERE attempt.batchID = ?
                    AND EXISTS (SELECT 1 FROM attempt AS further WHERE further.batchID = attempt.batchID
                        AND further.row = attempt.row AND further.number > 1)
                ORDER BY attempt.row, attempt.number
                """, arguments: [batch.number])
        while let attempt = try attempts.next() { try body(StatementRow(attempt: attempt)) }
    }

    static let rows = """
        SELECT payout.*, attempt.number, attempt.agentTranID, attempt.bmID, attempt.commission, attempt.commissionAmountTiyin,
            attempt.senderExtID, attempt.recipientExtID,
            (SELECT sum(sends) FROM attempt AS every WHERE every.batchID = payout.batchID AND every.row = payout.row)
                AS allSends
        FROM payout JOIN attempt ON attempt.batchID = payout.batchID AND attempt.row = payout.row
            AND attempt.number =
                (SELECT max(number) FROM attempt AS last WHERE last.batchID = payout.batchID AND last.row = payout.row)

        """

    /// With what the row said when each attempt was made: a correction keeps what was before it.
    static let attempts = """
        SELECT attempt.*, coalesce(old.account, payout.account) AS account,
            coalesce(old.bankCode, payout.bankCode) AS bankCode,
            coalesce(old.maskedCard, payout.maskedCard) AS maskedCard,
            coalesce(old.amountTiyin, payout.amountTiyin) AS amountTiyin,
            payout.name, payout.rowKey, payout.changedAt, event.toState, event.why, event.who, event.at
        FROM attempt JOIN payout ON payout.batchID = attempt.batchID AND payout.row = attempt.row
        LEFT JOIN correction AS old ON old.id =
            (SELECT id FROM correction WHERE batchID = attempt.batchID AND row = attempt.row AND number >= attempt.number
             ORDER BY number LIMIT 1)
        LEFT JOIN event ON event.id =
            (SELECT max(id) FROM event AS last WHERE last.batchID = attempt.batchID AND last.row = attempt.row
                AND last.agentTranID = attempt.agentTranID
                AND last.toState IN ('paid', 'refused', 'unknown', 'review', 'withdrawn'))

        """
}

extension StatementRow {
    /// A row as a whole.
    init(_ row: Row) throws {
        try self.init(
            row, state: row["state"], reason: Reason(row), sends: row["allSends"], changedAt: row["changedAt"])
    }

    init(attempt row: Row) throws {
        let why: String? = row["why"]
        let who: String? = row["who"]
        let lastSentAt: Int64? = row["lastSentAt"]
        try self.init(
            row, state: row["toState"] ?? PayoutState.queued.rawValue,
            reason: why.flatMap { Reason(eventSays: $0, of: row["toState"], by: who ?? "") },
            sends: row["sends"], changedAt: row["at"] ?? lastSentAt ?? row["changedAt"])
    }

    private init(_ row: Row, state: String, reason: Reason?, sends: Int, changedAt: Int64) throws {
        self.init(
            row: row["row"], account: try SettlementAccount(row["account"]), bankCode: try BankCode(row["bankCode"]),
            maskedCard: row["maskedCard"], name: row["name"], rowKey: row["rowKey"], amount: Tiyin(row["amountTiyin"]),
            state: try PayoutState(rawValue: state).orDamaged("a state cannot be read"), reason: reason,
            receipt: BankReceipt(row), attempt: row["number"],
            id: try AgentTransactionID(row["agentTranID"]).orDamaged("an agentTranId is out of range"), sends: sends,
            changedAt: Date(milliseconds: changedAt))
    }
}

extension Reason {
    /// The event log keeps codes, and what people said.
    fileprivate init?(eventSays why: String, of state: String?, by who: String) {
        if PayoutState(rawValue: why) != nil { return nil }
        let note = why.split(separator: "a person: ", maxSplits: 1).first
        if why.hasPrefix("a person: "), let note {
            let isWithdrawn = state == PayoutState.withdrawn.rawValue
            self.init(isWithdrawn ? .withdrawnByPerson : .decidedByPerson, bankText: "\(who): \(note)")
        } else {
            self.init(ReasonCode(rawValue: why))
        }
    }
}

extension BankReceipt {
    /// `nil` where the bank gave none.
    fileprivate init?(_ row: Row) {
        guard let bmID: Int64 = row["bmID"] else { return nil }
        let commission: String? = row["commission"]
        self.init(
            bmID: bmID, commission: commission.flatMap { Decimal(string: $0) },
            commissionAmount: (row["commissionAmountTiyin"] as Int64?).map(Tiyin.init),
            senderExtID: row["senderExtID"], recipientExtID: row["recipientExtID"])
    }
}
