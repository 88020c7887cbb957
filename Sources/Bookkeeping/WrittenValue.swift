import Foundation
import GRDB
import GRDBSQLite

/// A value that a ``WriteStatement`` writes. `nil` is written as NULL.
enum WrittenValue {
    case number(Int64?)
    case text(String?)
    case bytes(Data?)

    static func number(_ value: Int?) -> WrittenValue { .number(value.map(Int64.init)) }
    static func flag(_ value: Bool) -> WrittenValue { .number(value ? 1 : 0) }

    /// Binds the value to a parameter of a statement. SQLite copies the value.
    ///
    /// - Returns: SQLite's result code.
    func bind(to statement: SQLiteStatement, at place: CInt) -> CInt {
        switch self {
        case .number(let value?): unsafe sqlite3_bind_int64(statement, place, value)
        // Bind the text up to its first NUL: SQLite could not read back more.
        case .text(let value?):
            unsafe value.withCString { unsafe sqlite3_bind_text(statement, place, $0, -1, Self.copied) }
        // Empty data has no address. SQLite would write NULL for a null pointer.
        case .bytes(let value?) where value.isEmpty: unsafe sqlite3_bind_zeroblob(statement, place, 0)
        case .bytes(let value?):
            unsafe value.withUnsafeBytes {
                unsafe sqlite3_bind_blob(statement, place, $0.baseAddress, CInt($0.count), Self.copied)
            }
        case .number(nil), .text(nil), .bytes(nil): unsafe sqlite3_bind_null(statement, place)
        }
    }

    /// Replaces the macro `SQLITE_TRANSIENT`, which Swift cannot import.
    private static let copied = unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
}
