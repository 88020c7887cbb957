import GRDB
import GRDBSQLite

/// A statement that writes, of which a run or an import needs a great many. Its values go from a plain
/// list to SQLite: by GRDB's way, which looks at each several times, they took as long as to be written.
@safe struct WriteStatement {
    private let db: Database
    private let statement: Statement
    private let connection: SQLiteConnection

    /// - Parameter sql: what it does; prepared when it is first used, and kept as long as the connection.
    init(_ sql: String, in db: Database) throws {
        self.db = db
        statement = try db.cachedStatement(sql: sql)
        unsafe connection = unsafe sqlite3_db_handle(statement.sqliteStatement)
    }

    /// Writes once within the transaction that is on, with a value for each `?`. SQLite takes copies.
    ///
    /// - Returns: how many rows were written.
    @discardableResult
    func callAsFunction(_ values: [WrittenValue]) throws -> Int {
        // A failure may have ended the transaction already: what is written now would be durable by itself.
        guard unsafe sqlite3_get_autocommit(connection) == 0 else {
            throw DatabaseError(resultCode: .SQLITE_ABORT, message: "the transaction was taken back")
        }
        let handle = unsafe statement.sqliteStatement
        // What is left out would be written as it was the last time.
        unsafe precondition(values.count == sqlite3_bind_parameter_count(handle), "a value for each ?")
        for (index, value) in values.enumerated() {
            try unsafe check(value.bind(to: handle, at: CInt(index + 1)), is: SQLITE_OK)
        }
        defer { unsafe sqlite3_reset(handle) }
        try unsafe check(sqlite3_step(handle), is: SQLITE_DONE)
        return unsafe Int(sqlite3_changes(connection))
    }

    private func check(_ code: CInt, is expected: CInt) throws {
        guard code == expected else {
            throw DatabaseError(resultCode: ResultCode(rawValue: code), message: db.lastErrorMessage)
        }
    }
}
