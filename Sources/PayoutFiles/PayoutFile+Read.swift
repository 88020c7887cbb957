import Foundation
package import Payouts
import WorkbookReader

extension PayoutFile {
    /// Reads and checks the file at a path, in one pass and in bounded memory.
    ///
    /// - Parameters:
    ///   - name: the name of the file, if it differs from the name on disk.
    ///   - keepsCells: whether each row includes the text of its cells.
    ///   - each: gets every row that is not empty. Only the end shows whether the file is payable.
    /// - Throws: ``PayoutFileError``, or an error of `each`.
    package static func read(
        from path: String, named name: String? = nil, options: PayoutFileOptions, keepsCells: Bool = false,
        each: (ReadRow) throws -> Void = { _ in }
    ) throws -> PayoutFile {
        let name = name ?? URL(fileURLWithPath: path).lastPathComponent
        do {
            return try read(
                FileBytes(path: path, limit: options.maximumBytes), name: name, options: options,
                keepsCells: keepsCells, each: each)
        } catch let error as CSVReader.RowTooLong {
            throw PayoutFileError.rowTooLong(path: path, row: error.row, limit: options.maximumRowBytes)
        }
    }

    /// Returns the digest of a file without reading its rows.
    ///
    /// - Throws: ``PayoutFileError``
    package static func digest(
        ofFileAt path: String, options: PayoutFileOptions
    ) throws(PayoutFileError) -> FileDigest {
        let bytes = try FileBytes(path: path, limit: options.maximumBytes)
        while try !bytes.next().isEmpty {}
        return bytes.digest
    }

    /// Reads the rows of a file again.
    ///
    /// - Throws: ``PayoutFileError/changed(path:)`` at the end if the file was changed meanwhile.
    package func readAgain(
        from path: String, options: PayoutFileOptions, keepsCells: Bool = false, each: (ReadRow) throws -> Void
    ) throws {
        let again = try Self.read(from: path, options: options, keepsCells: keepsCells, each: each)
        guard again.digest == digest, again.totals == totals else { throw PayoutFileError.changed(path: path) }
    }

    static func read(
        _ bytes: FileBytes, name: String, options: PayoutFileOptions, keepsCells: Bool = false,
        each: (ReadRow) throws -> Void
    ) throws -> PayoutFile {
        if Workbook.begins(try bytes.head(8)) {
            return try readWorkbook(bytes, name: name, options: options, keepsCells: keepsCells, each: each)
        }
        if let problem = OneCRegister.problem(in: try bytes.head(OneCRegister.headLength)) {
            while try !bytes.next().isEmpty {}
            return PayoutFile(
                name: name, digest: bytes.digest, format: .other, reader: RowReader.refusing(Finding(problem), options))
        }
        var decoder = FileDecoder()
        var table = Table(options: options, keepsCells: keepsCells)
        var isText = true
        var piece: [UInt8]
        repeat {
            piece = try bytes.next()
            // Continue reading even if the bytes are not text, because they are part of the digest.
            guard isText else { continue }
            do {
                try table.take(decoder.decode(piece, isLast: piece.isEmpty), each)
            } catch is FileDecoder.NotText {
                isText = false
            }
        } while !piece.isEmpty
        if isText { try table.finish(each) }
        let reader = isText ? table.rows : RowReader.refusing(Finding(.notText), options)
        return PayoutFile(
            name: name, digest: bytes.digest, format: .text(decoder.encoding, table.delimiter), reader: reader)
    }
}

/// Turns the text of a file into rows. It first collects the beginning, to find the delimiter.
private struct Table {
    private static let headLength = 1 << 16

    private let options: PayoutFileOptions
    private let keepsCells: Bool
    private var head: [UInt8] = []
    private var csv: CSVReader?
    private(set) var delimiter = Delimiter.comma
    private(set) var rows: RowReader

    init(options: PayoutFileOptions, keepsCells: Bool) {
        self.options = options
        self.keepsCells = keepsCells
        rows = RowReader(delimiter: .comma, options: options, keepsCells: keepsCells)
    }

    mutating func take(_ text: [UInt8], _ each: (ReadRow) throws -> Void) throws {
        if csv != nil { return try read(text, each) }
        head += text
        if head.count >= Self.headLength { try begin(each) }
    }

    mutating func finish(_ each: (ReadRow) throws -> Void) throws {
        if csv == nil { try begin(each) }
        guard var reader = csv else { return }
        try reader.finish { [self] record in try take(record, each) }
        // One line above it does not show how the lines of the file end.
        rows.finish(cutRow: reader.endsInAField && reader.row > 2 ? reader.row : nil)
    }

    private mutating func begin(_ each: (ReadRow) throws -> Void) throws {
        let found = TableHead(head) { Column(header: $0) != nil }
        delimiter = found.delimiter
        rows = RowReader(delimiter: delimiter, options: options, keepsCells: keepsCells)
        csv = CSVReader(
            delimiter: delimiter, maximumRowBytes: options.maximumRowBytes,
            signOfARow: .delimitersAndLongNumber(2))
        let text = Array(head[found.skippedBytes...])
        head = []
        try read(text, each)
    }

    private mutating func read(_ text: [UInt8], _ each: (ReadRow) throws -> Void) throws {
        // The closure needs the rest of the table while its reader changes.
        guard var reader = csv else { return }
        defer { csv = reader }
        try reader.take(text) { [self] record in try take(record, each) }
    }

    private func take(_ record: CSVRecord, _ each: (ReadRow) throws -> Void) throws {
        if let row = rows.take(try unquoted(record)) { try each(row) }
    }

    /// A program that takes each line for one cell puts the whole line into quotation marks.
    private func unquoted(_ record: CSVRecord) throws -> CSVRecord {
        guard case .fields(let fields) = record.content, let line = fields.quotedLine(delimiter.byte) else {
            return record
        }
        var reader = CSVReader(
            delimiter: delimiter, maximumRowBytes: options.maximumRowBytes, signOfARow: .delimiters(1))
        var inner: [CSVRecord.Content] = []
        try reader.take(line) { inner.append($0.content) }
        try reader.finish { inner.append($0.content) }
        return inner.count == 1 ? CSVRecord(row: record.row, content: inner[0]) : record
    }
}
