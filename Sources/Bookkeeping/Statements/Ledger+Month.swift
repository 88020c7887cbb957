package import Foundation
import GRDB
package import PaymentValues
package import Payouts
package import Statements

/// A row that was sent in a month.
package struct MonthRow: Sendable {
    package let batch: BatchID
    package let row: Int
    package let account: SettlementAccount
    package let state: PayoutState
    package let amount: Tiyin
    package let commission: Tiyin?
    package let sentAt: Date
    /// Whether the bank reversed the payout later.
    package let isReversed: Bool
    /// The result of the comparison. `nil` if no statement was compared with the row.
    package let outcome: MatchOutcome?
}

extension Ledger {
    /// Calls `body` with each row whose last request was sent within a time span, in the order of batches and rows.
    package func forEachRow(sentFrom from: Date, to: Date, _ body: (MonthRow) throws -> Void) throws {
        do {
            try pool.read { db in
                let found = try Row.fetchCursor(
                    db,
                    sql: """
                        SELECT payout.batchID, payout.row, account, state, amountTiyin, commissionAmountTiyin, lastSentAt,
                            reasonCode,
                            (SELECT outcome FROM statementPayout WHERE statementPayout.batchID = payout.batchID
                                AND statementPayout.row = payout.row AND statementPayout.attempt = attempt.number
                                ORDER BY line IS NULL, statementID DESC LIMIT 1)
                        FROM payout JOIN attempt ON attempt.batchID = payout.batchID AND attempt.row = payout.row
                            AND attempt.number = (SELECT max(number) FROM attempt AS last
                                WHERE last.batchID = payout.batchID AND last.row = payout.row AND last.sends > 0)
                        WHERE lastSentAt >= ? AND lastSentAt < ?
                        ORDER BY payout.batchID, payout.row
                        """,
                    arguments: [
                        Int64(from.timeIntervalSince1970 * 1000), Int64(to.timeIntervalSince1970 * 1000),
                    ])
                while let row = try found.next() { try body(MonthRow(row)) }
            }
        } catch let error as DatabaseError {
            throw readingError(error)
        }
    }

    /// Returns all statements that count, the latest period first.
    package func bankStatements() throws(LedgerError) -> [BankStatementRecord] {
        try read { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM bankStatement WHERE replacedBy IS NULL ORDER BY toDay DESC, id DESC"
            )
            .map { try BankStatementRecord($0) }
        }
    }

    /// Returns the current statements that overlap a span of days, by account and day. Replaced statements are left
    /// out.
    package func bankStatements(from: CalendarDay, to: CalendarDay) throws(LedgerError) -> [BankStatementRecord] {
        try read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT * FROM bankStatement WHERE replacedBy IS NULL AND fromDay <= ? AND toDay >= ?
                    ORDER BY account, toDay, id
                    """,
                arguments: [to.number, from.number]
            ).map { try BankStatementRecord($0) }
        }
    }
}

extension MonthRow {
    fileprivate init(_ row: Row) throws {
        batch = BatchID(number: row[0])
        self.row = row[1]
        account = try SettlementAccount(row[2])
        state = try PayoutState(rawValue: row[3]).orDamaged("a state cannot be read")
        amount = Tiyin(row[4])
        commission = (row[5] as Int64?).map(Tiyin.init)
        sentAt = Date(milliseconds: row[6])
        // A person who records the bank's answer leaves a reason too.
        isReversed = state == .paid && row[7] as String? == ReasonCode.reversedAtBank.rawValue
        outcome = (row[8] as UInt8?).flatMap(MatchOutcome.init(rawValue:))
    }
}
