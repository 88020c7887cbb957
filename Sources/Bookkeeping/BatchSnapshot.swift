import Foundation
import GRDB
import PaymentValues
package import Payouts

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

    /// Hands the batch to a writer on another thread, which is written while the next rows are read.
    ///
    /// - Parameter writer: gets the statement; a function that calls back with each row, in the file's order; and then one
    ///   that does with every attempt at the rows that were tried more than once.
    package func handOver(
        to writer: @escaping @Sendable (BatchStatement, _ rows: Rows, _ attempts: Rows) throws -> Void
    ) throws {
        let statement = statement
        try Handover<Page>.takingElsewhere { next in
            var page = try next()
            func each(of kind: Page.Kind) -> Rows {
                { body in
                    while let taken = page, taken.kind == kind {
                        for row in taken.rows { try body(row) }
                        page = try next()
                    }
                }
            }
            try writer(statement, each(of: .rows), each(of: .attempts))
        } make: { put in
            for (kind, forEach) in [(Page.Kind.rows, forEachRow(_:)), (.attempts, forEachAttempt(_:))] {
                var rows: [StatementRow] = []
                try forEach { row in
                    rows.append(row)
                    guard rows.count == Page.size else { return }
                    try put(Page(kind: kind, rows: rows))
                    rows = []
                }
                try put(Page(kind: kind, rows: rows))
            }
        }
    }

    package typealias Rows = ((StatementRow) throws -> Void) throws -> Void

    private struct Page: Sendable {
        static let size = 200

        enum Kind {
            case rows, attempts
        }

        let kind: Kind
        let rows: [StatementRow]
    }

    /// In the file's order.
    package func forEachRow(_ body: (StatementRow) throws -> Void) throws {
        try forEachRow(where: "payout.batchID = ?", [batch.number], body)
    }

    /// Each row once, as its last attempt left it, with what was sent in all of them.
    func forEachRow(
        where condition: String, _ arguments: StatementArguments, _ body: (StatementRow) throws -> Void
    ) throws {
        let attempts = try Row.fetchCursor(
            db, sql: Self.rows + " WHERE \(condition) ORDER BY payout.row, attempt.number", arguments: arguments)
        var latest: StatementRow?
        while let attempt = try attempts.next() {
            let row = try StatementRow(latestAttempt: attempt, after: latest)
            if let latest, latest.row != row.row { try body(latest) }
            latest = row
        }
        if let latest { try body(latest) }
    }

    /// Every attempt at the rows that were tried more than once, in the file's order.
    package func forEachAttempt(_ body: (StatementRow) throws -> Void) throws {
        try forEachAttempt(
            where: """
                attempt.batchID = ?
                    AND attempt.row IN (SELECT row FROM attempt AS further WHERE further.batchID = ? AND further.number > 1)
                """, [batch.number, batch.number], body)
    }

    func forEachAttempt(
        where condition: String, _ arguments: StatementArguments, _ body: (StatementRow) throws -> Void
    ) throws {
        let attempts = try Row.fetchCursor(
            db, sql: Self.attempts + " WHERE \(condition) ORDER BY attempt.row, attempt.number", arguments: arguments)
        while let attempt = try attempts.next() { try body(StatementRow(attempt: attempt)) }
    }

    /// In the order of ``StatementRow/Place``.
    private static let rows = """
        SELECT payout.row, account, bankCode, maskedCard, amountTiyin, name, rowKey, number, agentTranID, sends, bmID, commission,
            commissionAmountTiyin, senderExtID, recipientExtID, changedAt, state, reasonCode, httpStatus, bankText
        FROM payout JOIN attempt ON attempt.batchID = payout.batchID AND attempt.row = payout.row
        """

    /// With what the row said when each attempt was made: a correction keeps what was before it.
    private static let attempts = """
        SELECT attempt.row, coalesce(old.account, payout.account), coalesce(old.bankCode, payout.bankCode),
            coalesce(old.maskedCard, payout.maskedCard), coalesce(old.amountTiyin, payout.amountTiyin), payout.name,
            payout.rowKey, attempt.number, attempt.agentTranID, sends, bmID, commission, commissionAmountTiyin, senderExtID,
            recipientExtID, coalesce(event.at, lastSentAt, payout.changedAt), event.toState, event.why, event.who
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
    /// Where the columns of both queries stand: to find them by their names took as long as all else about a row.
    private enum Place {
        static let row = 0, account = 1, bankCode = 2, maskedCard = 3, amount = 4, name = 5, rowKey = 6
        static let number = 7, id = 8, sends = 9, changedAt = 15
        /// Of a row as a whole.
        static let state = 16, reasonCode = 17, httpStatus = 18, bankText = 19
        /// Of an attempt, by its last event.
        static let toState = 16, why = 17, who = 18
    }

    /// A row as a whole, as its latest attempt left it.
    ///
    /// - Parameter before: the same row after the attempt before, or another one.
    fileprivate init(latestAttempt row: Row, after before: StatementRow?) throws {
        let number: Int = row[Place.row]
        let sends: Int = row[Place.sends]
        let code: String? = row[Place.reasonCode]
        try self.init(
            row, state: row[Place.state],
            reason: code.map {
                Reason(ReasonCode(rawValue: $0), httpStatus: row[Place.httpStatus], bankText: row[Place.bankText])
            },
            sends: before?.row == number ? sends &+ (before?.sends ?? 0) : sends)
    }

    fileprivate init(attempt row: Row) throws {
        let state: String? = row[Place.toState]
        let why: String? = row[Place.why]
        let who: String? = row[Place.who]
        try self.init(
            row, state: state ?? PayoutState.queued.rawValue,
            reason: why.flatMap { Reason(EventCause($0), of: state, by: who ?? "") }, sends: row[Place.sends])
    }

    private init(_ row: Row, state: String, reason: Reason?, sends: Int) throws {
        self.init(
            row: row[Place.row], account: try SettlementAccount(row[Place.account]),
            bankCode: try BankCode(row[Place.bankCode]), maskedCard: row[Place.maskedCard], name: row[Place.name],
            rowKey: row[Place.rowKey], amount: Tiyin(row[Place.amount]),
            state: try PayoutState(rawValue: state).orDamaged("a state cannot be read"), reason: reason,
            receipt: BankReceipt(row), attempt: row[Place.number],
            id: try AgentTransactionID(stored: row[Place.id]), sends: sends,
            changedAt: Date(milliseconds: row[Place.changedAt]))
    }
}

extension Reason {
    /// The event log keeps codes, and what people said.
    fileprivate init?(_ cause: EventCause, of state: String?, by who: String) {
        switch cause {
        case .note(let note):
            let isWithdrawn = state == PayoutState.withdrawn.rawValue
            self.init(isWithdrawn ? .withdrawnByPerson : .decidedByPerson, bankText: "\(who): \(note)")
        case .reason(let code), .asked(_, let code?): self.init(code)
        case .asked(_, nil), .imported, .approved, .bound, .bankMoved, .asksFirst, .warningsAccepted, .correctedInSpite,
            .corrected, .paused, .resumed, .clockSet, .putRight, .attemptOfLostLedger, .state:
            return nil
        }
    }
}

extension BankReceipt {
    /// From the places behind those of the row; `nil` where the bank gave none.
    fileprivate init?(_ row: Row) {
        guard let bmID: Int64 = row[10] else { return nil }
        self.init(
            bmID: bmID, commission: row[11], commissionAmount: (row[12] as Int64?).map(Tiyin.init),
            senderExtID: row[13],
            recipientExtID: row[14])
    }
}
