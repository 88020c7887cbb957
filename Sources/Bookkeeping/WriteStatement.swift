import GRDB
import GRDBSQLite

/// A statement that runs and imports execute very often. It binds its values directly to SQLite. GRDB's own binding
/// examines each value several times, and took as long as the write itself.
@safe struct WriteStatement {
    private let db: Database
    private let statement: Statement
    private let connection: SQLiteConnection

    /// Prepares a statement.
    /// - Parameter sql: the statement. It is prepared at its first use and cached with the connection.
    init(_ sql: String, in db: Database) throws {
        self.db = db
        statement = try db.cachedStatement(sql: sql)
        unsafe connection = unsafe sqlite3_db_handle(statement.sqliteStatement)
    }

    /// Executes the statement in the current transaction, with a value for each `?`. SQLite copies the values.
    ///
    /// - Returns: the number of rows written.
    @discardableResult
    func callAsFunction(_ values: [WrittenValue]) throws -> Int {
        // An error may have ended the transaction. A write outside a transaction would be committed alone.
        guard unsafe sqlite3_get_autocommit(connection) == 0 else {
            throw DatabaseError(resultCode: .SQLITE_ABORT, message: "the transaction was rolled back")
        }
        let handle = unsafe statement.sqliteStatement
        // A missing value would silently reuse the value of the previous execution.
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
