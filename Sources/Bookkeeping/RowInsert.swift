import Foundation
import GRDB
import GRDBSQLite

/// An INSERT of which a batch needs a million. Its values are handed to SQLite one by one, and stay until they are replaced:
/// GRDB makes a list of all of them for each row, which took as long as to store it.
struct RowInsert {
    /// SQLite takes a copy.
    private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    private let db: Database
    private let statement: Statement

    init(_ sql: String, in db: Database) throws {
        self.db = db
        statement = try db.makeStatement(sql: sql)
    }

    /// - Parameter place: of the `?` that the value stands for, from 1.
    func bind(_ number: Int64, at place: Int32) throws {
        try check(sqlite3_bind_int64(statement.sqliteStatement, place, number))
    }

    func bind(_ text: String?, at place: Int32) throws {
        guard var text else { return try check(sqlite3_bind_null(statement.sqliteStatement, place)) }
        try check(
            text.withUTF8 { bytes in
                sqlite3_bind_text(
                    statement.sqliteStatement, place, bytes.baseAddress, Int32(bytes.count), Self.copied)
            })
    }

    func bind(_ bytes: Data, at place: Int32) throws {
        try check(
            bytes.withUnsafeBytes { bytes in
                sqlite3_bind_blob(statement.sqliteStatement, place, bytes.baseAddress, Int32(bytes.count), Self.copied)
            })
    }

    /// - Returns: whether a row was stored, and not left out over a conflict.
    func callAsFunction() throws -> Bool {
        let code = sqlite3_step(statement.sqliteStatement)
        guard code == SQLITE_DONE else {
            let error = DatabaseError(resultCode: ResultCode(rawValue: code), message: db.lastErrorMessage)
            sqlite3_reset(statement.sqliteStatement)
            throw error
        }
        let isStored = db.changesCount == 1
        sqlite3_reset(statement.sqliteStatement)
        return isStored
    }

    private func check(_ code: Int32) throws {
        guard code == SQLITE_OK else {
            throw DatabaseError(resultCode: ResultCode(rawValue: code), message: db.lastErrorMessage)
        }
    }
}
