package import PaymentValues
import PayoutFiles
package import Payouts
import WorkbookReader

/// The file of a bank statement. It is read twice: once to check it, and once to use its lines.
package struct StatementFile: Sendable {
    /// A year of a large company is smaller.
    private static let maximumBytes = 2 << 30

    private let path: String
    /// The name that people know the file by.
    package let name: String
    /// The folder for the texts of a workbook that do not fit in memory.
    private let scratchFolder: String

    package init(path: String, named name: String? = nil, scratchFolder: String) {
        self.path = path
        self.name = name ?? path.split(separator: "/").last.map(String.init) ?? path
        self.scratchFolder = scratchFolder
    }

    /// Reads the whole file.
    ///
    /// - Parameters:
    ///   - digest: the digest that the file must still have. `nil` at the first reading.
    ///   - columnNames: returns the names that the bank of an account gives its columns.
    /// - Throws: ``StatementRejected``, `PayoutFileError`, or an error of `each`.
    package func read(
        expecting digest: FileDigest? = nil, columnNames: @escaping (SettlementAccount) throws -> ColumnNames,
        _ each: @escaping (borrowing StatementLine) throws -> Void
    ) throws -> (BankStatement, FileDigest) {
        do {
            return try read(FileBytes(path: path, limit: Self.maximumBytes), expecting: digest, columnNames, each)
        } catch let error as PayoutFileError {
            throw error.of(name)
        }
    }

    private func read(
        _ bytes: FileBytes, expecting digest: FileDigest?,
        _ columnNames: @escaping (SettlementAccount) throws -> ColumnNames,
        _ each: @escaping (borrowing StatementLine) throws -> Void
    ) throws -> (BankStatement, FileDigest) {
        var reader = StatementReader(columnNames: columnNames, each: each)
        if Workbook.begins(try bytes.head(8)) {
            while try !bytes.next().isEmpty {}
            try reader.take(bytes.workbook, named: name, scratchFolder: scratchFolder)
        } else {
            while case let piece = try bytes.next(), !piece.isEmpty { try reader.take(piece) }
        }
        let statement = try reader.finish()
        // The rows must come from the same bytes as the digest.
        try bytes.demandUnchanged()
        let found = bytes.digest
        if let digest, digest != found { throw PayoutFileError.changed(path: path) }
        return (statement, found)
    }
}
