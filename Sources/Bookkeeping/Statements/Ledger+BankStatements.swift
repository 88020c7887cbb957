import Foundation
import GRDB
package import PaymentValues
package import Payouts
package import Statements

/// Stores the bank's statements and the payouts on them.
extension Ledger {
    /// Returns the current statements of an account, with the latest day last. Replaced statements are left out.
    package func bankStatements(of account: SettlementAccount) throws(LedgerError) -> [BankStatementRecord] {
        try read { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM bankStatement WHERE account = ? AND replacedBy IS NULL ORDER BY toDay, id",
                arguments: [account.digits]
            ).map { try BankStatementRecord($0) }
        }
    }

    /// Returns the bank code of an account, or `nil` if no row is paid from it.
    package func bankCode(of account: SettlementAccount) throws(LedgerError) -> BankCode? {
        try read { db in
            try String.fetchOne(
                db, sql: "SELECT bankCode FROM payout WHERE account = ? LIMIT 1", arguments: [account.digits]
            ).map { try BankCode($0) }
        }
    }

    /// Counts the payouts of a span and their ids, so that the matching can reserve its memory.
    package func countOfPayouts(in span: StatementSpan) throws(LedgerError) -> (payouts: Int, ids: Int) {
        try read { db in
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT count(*), count(*) + count(nullif(bmID, agentTranID)) + count(senderExtID)
                        + count(nullif(recipientExtID, senderExtID))
                    FROM \(Self.sentAttempts)
                    """,
                arguments: [span.account.digits, span.from.milliseconds, span.to.milliseconds]
            ).orDamaged("payouts cannot be counted")
            return (row[0], row[1])
        }
    }

    /// Calls `body` with each attempt of a span.
    ///
    /// - Parameter replaced: a statement that will be replaced, so its matches do not count.
    package func forEachPayout(
        in span: StatementSpan, replacing replaced: Int64?, _ body: (LedgerPayout) throws -> Void
    ) throws {
        do {
            try pool.read { db in
                let found = try Row.fetchCursor(
                    db,
                    sql: """
                        SELECT payout.batchID, payout.row, attempt.number, verdict,
                            coalesce((SELECT amountTiyin FROM correction WHERE correction.batchID = attempt.batchID
                                AND correction.row = attempt.row AND correction.number >= attempt.number
                                ORDER BY number LIMIT 1), amountTiyin),
                            commissionAmountTiyin, coalesce(lastSentAt, changedAt), agentTranID, bmID, senderExtID,
                            recipientExtID, maskedCard, name,
                            EXISTS (SELECT 1 FROM statementPayout AS earlier
                                WHERE earlier.batchID = attempt.batchID AND earlier.row = attempt.row
                                    AND earlier.attempt = attempt.number AND earlier.statementID IS NOT ?
                                    AND earlier.line IS NOT NULL AND earlier.outcome <> \(MatchOutcome.onStatementNotPaid.rawValue))
                        FROM \(Self.sentAttempts)
                        ORDER BY attempt.batchID, attempt.row, attempt.number
                        """,
                    arguments: [replaced, span.account.digits, span.from.milliseconds, span.to.milliseconds])
                while let row = try found.next() { try body(LedgerPayout(row, span.day)) }
            }
        } catch let error as DatabaseError {
            throw readingError(error)
        }
    }

    /// Finds the attempts that were sent within a span, and the attempts that are paid.
    private static let sentAttempts = """
        attempt JOIN payout ON payout.batchID = attempt.batchID AND payout.row = attempt.row
        WHERE payout.account = ? AND (attempt.sends > 0 OR verdict = 'paid')
            AND coalesce(lastSentAt, changedAt) >= ? AND coalesce(lastSentAt, changedAt) < ?
        """

    /// Stores a statement and the place of each payout on it.
    ///
    /// - Parameter replaced: the earlier record of the same period.
    package func record(
        _ statement: BankStatement, digest: FileDigest, fileName: String, _ agreement: Agreement,
        replacing replaced: Int64?
    ) throws(LedgerError) -> BankStatementRecord {
        try write { db in
            if let replaced {
                try db.execute(sql: "DELETE FROM statementPayout WHERE statementID = ?", arguments: [replaced])
            }
            let at = timestamp()
            try db.execute(
                sql: """
                    INSERT INTO bankStatement (at, who, fileSHA256, fileName, format, account, fromDay, toDay, openingTiyin,
                        debitsTiyin, creditsTiyin, closingTiyin, debitLines, creditLines, isAgreed)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    at, who, digest.hex, fileName, statement.format.rawValue, statement.account.digits,
                    statement.period.lowerBound.number, statement.period.upperBound.number,
                    statement.balances.opening.count, statement.balances.debits.count, statement.balances.credits.count,
                    statement.balances.closing.count, statement.debitLines, statement.creditLines, agreement.isComplete,
                ])
            let id = db.lastInsertedRowID
            if let replaced {
                try db.execute(sql: "UPDATE bankStatement SET replacedBy = ? WHERE id = ?", arguments: [id, replaced])
            }
            let insert = try WriteStatement(
                "INSERT OR REPLACE INTO statementPayout VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", in: db)
            try agreement.forEachPayout { found in
                let line = found.returnLine ?? found.line
                try insert([
                    .number(Int64(found.payout.batch)), .number(Int64(found.payout.row)),
                    .number(Int64(found.payout.attempt)), .number(id), .number(Int64(found.outcome.rawValue)),
                    .number(Int64(found.evidence.rawValue)), .number(line.map { Int64($0.place) }),
                    .number(line.map { Int64($0.day.number) }), .text(line?.document),
                ])
            }
            return try BankStatementRecord(
                Row.fetchOne(db, sql: "SELECT * FROM bankStatement WHERE id = ?", arguments: [id])
                    .orDamaged("a bank statement is gone"))
        }
    }

    /// Returns the places of a row on statements, with the latest statement last.
    package func statementPlaces(ofRow row: Int, in batch: BatchID) throws(LedgerError) -> [StatementPlace] {
        try read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT toDay, outcome, evidence, document, day FROM statementPayout
                    JOIN bankStatement ON bankStatement.id = statementPayout.statementID
                    WHERE batchID = ? AND row = ? ORDER BY toDay, attempt
                    """,
                arguments: [batch.number, row]
            ).map { row in
                StatementPlace(
                    statementDay: CalendarDay(number: row["toDay"]),
                    outcome: try MatchOutcome(rawValue: row["outcome"]).orDamaged("an outcome cannot be read"),
                    evidence: try MatchEvidence(rawValue: row["evidence"]).orDamaged("evidence cannot be read"),
                    document: row["document"] ?? "", day: (row["day"] as Int?).map(CalendarDay.init(number:)))
            }
        }
    }
}

extension Date {
    fileprivate var milliseconds: Int64 { Int64((timeIntervalSince1970 * 1000).rounded()) }
}

extension LedgerPayout {
    fileprivate init(_ row: Row, _ day: (Date) -> CalendarDay) throws {
        let isOnOther: Bool = row[13]
        let isPaid = row[3] as String == "paid"
        self.init(
            batch: row[0], row: row[1], attempt: row[2],
            standing: isPaid ? (isOnOther ? .onOtherStatement : .paid) : .notPaid, amount: Tiyin(row[4]),
            commission: (row[5] as Int64?).map(Tiyin.init), day: day(Date(milliseconds: row[6])),
            agentTranID: try AgentTransactionID(row[7] as Int64), bmID: row[8],
            extIDs: [row[9] as String?, row[10] as String?].compactMap(\.self), maskedCard: row[11], name: row[12])
    }
}

extension BankStatementRecord {
    init(_ row: Row) throws {
        let from = CalendarDay(number: row["fromDay"])
        let to = CalendarDay(number: row["toDay"])
        id = row["id"]
        at = Date(milliseconds: row["at"])
        who = row["who"]
        digest = try FileDigest(hex: row["fileSHA256"]).orDamaged("a file digest cannot be read")
        fileName = row["fileName"]
        isAgreed = row["isAgreed"]
        statement = BankStatement(
            format: try StatementFormat(rawValue: row["format"]).orDamaged("a format cannot be read"),
            account: try SettlementAccount(row["account"]), period: from...max(from, to),
            balances: .init(
                opening: Tiyin(row["openingTiyin"]), debits: Tiyin(row["debitsTiyin"]),
                credits: Tiyin(row["creditsTiyin"]),
                closing: Tiyin(row["closingTiyin"])),
            debitLines: row["debitLines"], creditLines: row["creditLines"])
    }
}
