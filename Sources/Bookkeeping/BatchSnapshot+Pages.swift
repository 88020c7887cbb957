package import Foundation
import GRDB
package import PaymentValues
package import Payouts

/// Which rows of a batch a person wants to see.
package struct RowFilter: Hashable, Sendable {
    /// Empty for all.
    package var states: Set<PayoutState>
    package var reason: ReasonCode?
    /// A part of the name or of the accountant's own key, the end of a card, or the number of a row or an attempt.
    package var text: String

    package init(states: Set<PayoutState> = [], reason: ReasonCode? = nil, text: String = "") {
        self.states = states
        self.reason = reason
        self.text = text
    }
}

/// A batch page by page, for those who look at it on a screen.
extension BatchSnapshot {
    package func count(of filter: RowFilter) throws -> Int {
        let condition = Condition(filter, in: batch)
        return try Int.fetchOne(
            db, sql: "SELECT count(*) FROM payout WHERE \(condition.sql)", arguments: condition.arguments) ?? 0
    }

    /// In the file's order.
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

    /// In the file's order.
    package func forEachRow(of filter: RowFilter, _ body: (StatementRow) throws -> Void) throws {
        let condition = Condition(filter, in: batch)
        try forEachRow(
            where: "payout.batchID = ? AND payout.row IN (SELECT row FROM payout WHERE \(condition.sql))",
            [batch.number] + condition.arguments, body)
    }

    /// - Throws: ``LedgerError/noSuchRow(_:)``
    package func row(_ number: Int) throws -> StatementRow {
        var found: StatementRow?
        try forEachRow(where: "payout.batchID = ? AND payout.row = ?", [batch.number, number]) { found = $0 }
        guard let found else { throw LedgerError.noSuchRow(number) }
        return found
    }

    /// Every try to pay a row, the first one first.
    package func attempts(atRow row: Int) throws -> [StatementRow] {
        var attempts: [StatementRow] = []
        try forEachAttempt(where: "attempt.batchID = ? AND attempt.row = ?", [batch.number, row]) {
            attempts.append($0)
        }
        return attempts
    }

    /// What happened to a row, or with `nil` to the batch as a whole, the first event first.
    package func events(ofRow row: Int?) throws -> [RecordedEvent] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM event WHERE batchID = ? AND row IS ? ORDER BY id", arguments: [batch.number, row]
        ).map { try RecordedEvent($0) }
    }

    /// The corrections that nobody has approved yet, the first one first.
    package func correctionsToApprove() throws -> [RecordedEvent] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT event.* FROM correction
                JOIN attempt ON attempt.batchID = correction.batchID AND attempt.row = correction.row
                    AND attempt.number = correction.number
                JOIN event ON event.batchID = correction.batchID AND event.row = correction.row
                    AND event.agentTranID = attempt.agentTranID AND instr(event.why, ?) = 1
                WHERE correction.batchID = ?
                    AND correction.id > (SELECT coalesce(max(lastCorrection), 0) FROM approval WHERE batchID = ?)
                ORDER BY correction.id
                """,
            arguments: [EventCause.leadOfCorrections, batch.number, batch.number]
        ).map { try RecordedEvent($0) }
    }

    /// What people did to single rows: corrections, reruns, decisions and withdrawals; the latest ones, the first one first.
    package func deedsOfPeople(limit: Int) throws -> [RecordedEvent] {
        let isDeed = EventCause.leadsOfDeeds.map { _ in "instr(why, ?) = 1" }.joined(separator: " OR ")
        var arguments: StatementArguments = [batch.number]
        arguments += StatementArguments(EventCause.leadsOfDeeds)
        arguments += [
            batch.number, batch.number, ReasonCode.decidedByPerson.rawValue, ReasonCode.withdrawnByPerson.rawValue,
            limit,
        ]
        return try Row.fetchAll(
            db,
            // Rows that nobody touched are most of them, and have most of the events: with the plus, SQLite does not go through
            // those for the sake of the order.
            sql: """
                SELECT * FROM event WHERE batchID = ? AND (\(isDeed)) AND row IN (
                    SELECT row FROM attempt WHERE batchID = ? AND (number > 1 OR decidedBy IS NOT NULL)
                    UNION SELECT row FROM payout
                        WHERE batchID = ? AND state IN ('refused', 'withdrawn') AND reasonCode IN (?, ?))
                ORDER BY +id DESC LIMIT ?
                """,
            arguments: arguments
        ).reversed().map { try RecordedEvent($0) }
    }
}

/// A line of the event log.
package struct RecordedEvent: Hashable, Sendable {
    package let at: Date
    package let who: String
    /// `nil` where the batch as a whole is meant.
    package let row: Int?
    package let id: AgentTransactionID?
    package let from: PayoutState?
    package let to: PayoutState?
    package let why: EventCause

    init(_ row: Row) throws {
        at = Date(milliseconds: row["at"])
        who = row["who"]
        self.row = row["row"]
        id = try (row["agentTranID"] as Int64?).map(AgentTransactionID.init(stored:))
        from = (row["fromState"] as String?).flatMap(PayoutState.init)
        to = (row["toState"] as String?).flatMap(PayoutState.init)
        why = EventCause(row["why"] as String)
    }
}

/// A filter as SQL.
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
            // SQLite by itself knows of no letters but the Latin ones.
            let lowercase = DatabaseFunction.lowercase.name
            var ways = ["instr(\(lowercase)(name), ?) > 0", "instr(\(lowercase)(rowKey), ?) > 0"]
            arguments += [text.lowercased(), text.lowercased()]
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
