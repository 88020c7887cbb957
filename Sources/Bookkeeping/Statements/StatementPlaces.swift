import GRDB
import Payouts
import Statements

/// Finds the places of a batch's rows on the bank's statements.
struct StatementPlaces {
    private let batch: BatchID
    private let db: Database

    /// Prepares the search. Returns `nil` if no statement has a row of the batch, so that most reports look up nothing.
    init?(of batch: BatchID, _ db: Database) throws {
        let isKnown = try Bool.fetchOne(
            db, sql: "SELECT EXISTS (SELECT 1 FROM statementPayout WHERE batchID = ?)", arguments: [batch.number])
        guard isKnown == true else { return nil }
        self.batch = batch
        self.db = db
    }

    /// Returns the row with its place on the latest statement.
    func adding(to row: StatementRow) throws -> StatementRow {
        let find = try db.cachedStatement(
            sql: """
                SELECT toDay, document FROM statementPayout
                JOIN bankStatement ON bankStatement.id = statementPayout.statementID
                WHERE batchID = ? AND row = ? ORDER BY line IS NULL, toDay DESC LIMIT 1
                """)
        guard let found = try Row.fetchOne(find, arguments: [batch.number, row.row]) else { return row }
        let document: String? = found[1]
        var placed = row
        placed.onStatement = "\(CalendarDay(number: found[0])) " + (document.map { "№ \($0)" } ?? "—")
        return placed
    }
}
