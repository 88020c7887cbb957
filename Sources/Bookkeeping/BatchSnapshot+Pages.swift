import Foundation
import GRDB
import PaymentValues
package import Payouts

/// Selects rows of a batch.
package struct RowFilter: Hashable, Sendable {
    /// The states to include. An empty set includes all.
    package var states: Set<PayoutState>
    package var reason: ReasonCode?
    /// The text to search for: a part of the name or of the accountant's row id, the last four digits of a card, or a
    /// number. The number can be that of a row or of an attempt.
    package var text: String

    package init(states: Set<PayoutState> = [], reason: ReasonCode? = nil, text: String = "") {
        self.states = states
        self.reason = reason
        self.text = text
    }
}

/// Reads a batch page by page, for a screen.
extension BatchSnapshot {
    package func count(of filter: RowFilter) throws -> Int {
        let condition = Condition(filter, in: batch)
        return try Int.fetchOne(
            db, sql: "SELECT count(*) FROM payout WHERE \(condition.sql)", arguments: condition.arguments) ?? 0
    }

    /// Returns one page of the rows, in the file's order.
    package func rows(_ filter: RowFilter, limit: Int, offset: Int = 0) throws -> [StatementRow] {
        let condition = Condition(filter, in: batch)
        var rows: [StatementRow] = []
        try forEachRow(
            where: """
                payout.batchID = ? AND payout.row IN
                    (SELECT row FROM payout WHERE \(condition.sql) ORDER BY row LIMIT ? OFFSET ?)
                """, [batch.number] + condition.arguments + [limit, offset]
        ) { rows.append($0) }
        return rows
    }

    /// Calls `body` with each row, in the file's order.
    package func forEachRow(of filter: RowFilter, _ body: (StatementRow) throws -> Void) throws {
        let condition = Condition(filter, in: batch)
        try forEachRow(
            where: "payout.batchID = ? AND payout.row IN (SELECT row FROM payout WHERE \(condition.sql))",
            [batch.number] + condition.arguments, body)
    }

    /// Returns one row.
    /// - Throws: ``LedgerError/noSuchRow(_:)``
    package func row(_ number: Int) throws -> StatementRow {
        var found: StatementRow?
        try forEachRow(where: "payout.batchID = ? AND payout.row = ?", [batch.number, number]) { found = $0 }
        guard let found else { throw LedgerError.noSuchRow(number) }
        return found
    }

    /// Returns every attempt at a row, from first to last.
    package func attempts(atRow row: Int) throws -> [StatementRow] {
        var attempts: [StatementRow] = []
        try forEachAttempt(where: "attempt.batchID = ? AND attempt.row = ?", [batch.number, row]) {
            attempts.append($0)
        }
        return attempts
    }

    /// Returns the latest proposed verdict on a row. Returns `nil` if the row has changed since then.
    package func proposal(ofRow row: Int) throws -> (who: String, verdict: RowVerdict)? {
        try Ledger.proposal(ofRow: row, in: batch, db)
    }

    /// Returns the events of a row, from first to last.
    package func events(ofRow row: Int) throws -> [RecordedEvent] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM event WHERE batchID = ? AND row = ? ORDER BY id", arguments: [batch.number, row]
        ).map { try RecordedEvent($0) }
    }

    /// Returns the events of the batch as a whole and people's actions on single rows, from first to last.
    ///
    /// - Parameter limit: the largest number of people's actions to return. The latest ones are kept.
    package func history(manualActions limit: Int = .max) throws -> [RecordedEvent] {
        try (batchEvents() + manualActions(limit: limit)).sorted { $0.number < $1.number }
    }

    private func batchEvents() throws -> [RecordedEvent] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM event WHERE batchID = ? AND row IS NULL", arguments: [batch.number]
        ).map { try RecordedEvent($0) }
    }

    /// Finds people's actions through an index that leaves out the two events of each payout.
    private func manualActions(limit: Int) throws -> [RecordedEvent] {
        let kinds = EventKind.manualActions
        return try Row.fetchAll(
            db,
            sql: """
                SELECT * FROM event INDEXED BY eventByKind
                WHERE batchID = ? AND kind <> 'claimed' AND kind <> 'settled'
                    AND kind IN (\(kinds.map { _ in "?" }.joined(separator: ", ")))
                ORDER BY id DESC LIMIT ?
                """,
            arguments: [batch.number] + StatementArguments(kinds.map(\.rawValue)) + [limit]
        ).map { try RecordedEvent($0) }
    }

    /// The number of all corrections of the batch.
    package var correctionCount: Int {
        get throws { try Ledger.correctionCount(of: batch, in: db) }
    }

    /// Returns the corrections that a person has not approved yet, from first to last.
    package func correctionsToApprove(by person: String) throws -> [RecordedEvent] {
        let approvals = try Row.fetchAll(
            db, sql: "SELECT who, lastCorrection FROM approval WHERE batchID = ?", arguments: [batch.number])
        let known: Int64 =
            approvals.filter { RecordedPerson(person).isSame(as: $0["who"]) }
            .map { $0["lastCorrection"] as Int64 }.max() ?? 0
        return try Row.fetchAll(
            db,
            sql: """
                SELECT event.* FROM correction
                JOIN attempt ON attempt.batchID = correction.batchID AND attempt.row = correction.row
                    AND attempt.number = correction.number
                JOIN event ON event.batchID = correction.batchID AND event.row = correction.row
                    AND event.agentTranID = attempt.agentTranID AND event.kind = 'corrected'
                WHERE correction.batchID = ? AND correction.id > ?
                ORDER BY correction.id
                """,
            arguments: [batch.number, known]
        ).map { try RecordedEvent($0) }
    }
}

extension RecordedEvent {
    /// Reads an event.
    /// - Parameter row: the columns of the table `event`.
    init(_ row: Row) throws {
        self.init(
            number: row["id"], at: Date(milliseconds: row["at"]), who: row["who"], row: row["row"],
            id: try (row["agentTranID"] as Int64?).map(AgentTransactionID.init(stored:)),
            from: (row["fromState"] as String?).flatMap(PayoutState.init),
            to: (row["toState"] as String?).flatMap(PayoutState.init),
            why: try EventCause(stored: row["kind"], row["detail"]))
    }
}

extension EventCause {
    init(stored kind: String, _ detail: String?) throws {
        let kind = try EventKind(rawValue: kind).orDamaged("a kind of event cannot be read")
        do {
            self = try EventCause(kind, detail: detail)
        } catch {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "the detail of an event cannot be read")
        }
    }
}

/// A row filter as SQL.
private struct Condition {
    let sql: String
    let arguments: StatementArguments

    init(_ filter: RowFilter, in batch: BatchID) {
        var parts = ["batchID = ?"]
        var arguments: StatementArguments = [batch.number]
        if !filter.states.isEmpty {
            parts.append("state IN (\(filter.states.map { _ in "?" }.joined(separator: ", ")))")
            arguments += StatementArguments(filter.states.map(\.rawValue))
        }
        if let reason = filter.reason {
            parts.append("reasonCode = ?")
            arguments += [reason.rawValue]
        }
        let text = filter.text.trimmingCharacters(in: .whitespaces)
        if !text.isEmpty {
            var ways = ["isFound(?, name)", "isFound(?, rowKey)"]
            arguments += [text, text]
            if text.utf8.allSatisfy(\.isASCIIDigit), let number = Int64(text) {
                ways.append("row = ?")
                ways.append(
                    "row = (SELECT row FROM attempt WHERE agentTranID = ? AND attempt.batchID = payout.batchID)")
                arguments += [number, number]
                if text.utf8.count == 4 {
                    ways.append("substr(maskedCard, -4) = ?")
                    arguments += [text]
                }
            }
            parts.append("(\(ways.joined(separator: " OR ")))")
        }
        sql = parts.joined(separator: " AND ")
        self.arguments = arguments
    }
}

extension SearchText {
    /// `isFound(searched, text)`: SQLite's own functions know only ASCII letters.
    static let function = DatabaseFunction("isFound", argumentCount: 2, pure: true) { values in
        guard let searched = String.fromDatabaseValue(values[0]), let text = String.fromDatabaseValue(values[1]) else {
            return false
        }
        return SearchText(searched).isFound(in: text)
    }
}
