import Foundation
import GRDB
import PaymentValues
package import Payouts

/// A batch at one moment. Later changes do not show, however long the reader takes.
package struct BatchSnapshot {
    package let statement: BatchStatement
    let batch: BatchID
    let db: Database

    init(of batch: BatchID, in ledger: Ledger, _ db: Database) throws {
        statement = try ledger.statement(of: batch, in: db)
        self.batch = batch
        self.db = db
    }

    /// Calls a writer on another thread. This thread reads the next rows while the writer works.
    ///
    /// - Parameter writer: gets the statement, the history and two functions, and calls them in this order. The first
    ///   calls back with each row, in the file's order. The second calls back with every attempt at the rows that were
    ///   tried more than once.
    package func handOver(
        to writer:
            @escaping @Sendable (
                BatchStatement, _ history: [RecordedEvent], _ rows: Rows, _ attempts: Rows
            ) throws -> Void
    ) throws {
        let (statement, history) = (statement, try history())
        try Pipeline<Page>.consumingInBackground { next in
            var page = try next()
            func each(of kind: Page.Kind) -> Rows {
                { body in
                    while let taken = page, taken.kind == kind {
                        for row in taken.rows { try body(row) }
                        page = try next()
                    }
                }
            }
            try writer(statement, history, each(of: .rows), each(of: .attempts))
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

    /// Calls `body` with each row, in the file's order.
    package func forEachRow(_ body: (StatementRow) throws -> Void) throws {
        try forEachRow(where: "payout.batchID = ?", [batch.number], body)
    }

    /// Calls `body` with each row once, in the state after its last attempt. The number of sends covers all attempts.
    func forEachRow(
        where condition: String, _ arguments: StatementArguments, _ body: (StatementRow) throws -> Void
    ) throws {
        let attempts = try Row.fetchCursor(
            db, sql: Self.rows + " WHERE \(condition) ORDER BY payout.row, attempt.number", arguments: arguments)
        let places = try StatementPlaces(of: batch, db)
        var latest: StatementRow?
        while let attempt = try attempts.next() {
            let row = try StatementRow(latestAttempt: attempt, after: latest)
            if let latest, latest.row != row.row { try body(places?.adding(to: latest) ?? latest) }
            latest = row
        }
        if let latest { try body(places?.adding(to: latest) ?? latest) }
    }

    /// Calls `body` with every attempt at the rows that were tried more than once, in the file's order.
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

    /// Selects the columns in the order of ``StatementRow/Place``.
    private static let rows = """
        SELECT payout.row, account, bankCode, maskedCard, amountTiyin, name, rowKey, number, agentTranID, sends, bmID, commission,
            commissionAmountTiyin, senderExtID, recipientExtID, changedAt, state, reasonCode, httpStatus, bankText
        FROM payout JOIN attempt ON attempt.batchID = payout.batchID AND attempt.row = payout.row
        """

    /// Joins the corrections, which store the row before each change. So each attempt shows the row as it was sent
    /// then.
    private static let attempts = """
        SELECT attempt.row, coalesce(old.account, payout.account), coalesce(old.bankCode, payout.bankCode),
            coalesce(old.maskedCard, payout.maskedCard), coalesce(old.amountTiyin, payout.amountTiyin), payout.name,
            payout.rowKey, attempt.number, attempt.agentTranID, sends, bmID, commission, commissionAmountTiyin, senderExtID,
            recipientExtID, coalesce(event.at, lastSentAt, payout.changedAt), event.toState, event.kind, event.detail,
            event.who
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
    /// The positions of the columns in both queries. A lookup by name took as long as all other work on a row.
    private enum Place {
        static let row = 0, account = 1, bankCode = 2, maskedCard = 3, amount = 4, name = 5, rowKey = 6
        static let number = 7, id = 8, sends = 9, changedAt = 15
        /// The columns of a row as a whole.
        static let state = 16, reasonCode = 17, httpStatus = 18, bankText = 19
        /// The columns of an attempt, from its last event.
        static let toState = 16, kind = 17, detail = 18, who = 19
    }

    /// Reads a row in the state after its latest attempt.
    ///
    /// - Parameter before: the previous result. It is the same row after its previous attempt, or another row.
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
        let cause = try (row[Place.kind] as String?).map { try EventCause(stored: $0, row[Place.detail]) }
        let who: String? = row[Place.who]
        try self.init(
            row, state: state ?? PayoutState.queued.rawValue,
            reason: cause.flatMap { Reason($0, by: who ?? "") }, sends: row[Place.sends])
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
    /// Restores the reason from an event, which stores only the code and a person's note.
    fileprivate init?(_ cause: EventCause, by who: String) {
        switch cause {
        case .decided(let note, _): self.init(.decidedByPerson, bankText: "\(who): \(note)")
        case .withdrawn(let note): self.init(.withdrawnByPerson, bankText: "\(who): \(note)")
        case .settled(let code?), .asked(_, let code?): self.init(code)
        default: return nil
        }
    }
}

extension BankReceipt {
    /// Reads the columns that follow those of the row. Returns `nil` if the bank gave no receipt.
    fileprivate init?(_ row: Row) {
        guard let bmID: Int64 = row[10] else { return nil }
        self.init(
            bmID: bmID, commission: row[11], commissionAmount: (row[12] as Int64?).map(Tiyin.init),
            senderExtID: row[13],
            recipientExtID: row[14])
    }
}
