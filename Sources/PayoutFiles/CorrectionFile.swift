import Foundation
import PaymentValues
package import Payouts
import WorkbookReader

/// A table that changes rows of a payout file. It is the report with its sheet *To decide*, that sheet saved as CSV, or
/// a table with `row` and any of `account`, `mfo`, `pan`, `exp` and `amount` (or `amount_uzs`). An empty field changes
/// nothing. New values must obey the rules of a payout file.
package struct CorrectionFile: Sendable {
    package let entries: [Entry]
    package let log: FindingLog

    package struct Entry: Hashable, Sendable {
        /// The row's number in the payout file.
        package let row: Int
        /// The values in the table. They may equal the row's present values.
        package let correction: Correction
        /// The masked card from the report, if nobody typed another card over it.
        package let maskedCard: String?
    }

    /// The largest size of a table. It is far more than a person corrects.
    private static let maximumBytes = 16 << 20

    /// Reads a table.
    /// - Throws: ``PayoutFileError``
    package static func read(from path: String, options: PayoutFileOptions) throws -> CorrectionFile {
        var reader = CorrectionReader(options: options)
        do {
            let bytes = try FileBytes(path: path, limit: maximumBytes)
            if Workbook.begins(try bytes.head(8)) { return try readWorkbook(bytes, path: path, options: options) }
            let text = try text(of: bytes)
            let head = TableHead(Array(text.prefix(1 << 16))) { Column(header: $0) != nil }
            var csv = CSVReader(
                delimiter: head.delimiter, maximumRowBytes: options.maximumRowBytes, signOfARow: .delimiters(1))
            try csv.take(Array(text[head.skippedBytes...])) { reader.take($0) }
            try csv.finish { reader.take($0) }
        } catch let error as CSVReader.RowTooLong {
            throw PayoutFileError.rowTooLong(path: path, row: error.row, limit: options.maximumRowBytes)
        } catch is FileDecoder.NotText {
            return CorrectionFile(entries: [], log: FindingLog(Finding(.notText)))
        }
        return reader.file()
    }

    /// Returns the corrections that a person typed for one row. They follow the same rules.
    package static func typed(
        _ fields: [Column: String], forRow row: Int, options: PayoutFileOptions
    ) -> CorrectionFile {
        var reader = CorrectionReader(options: options)
        let columns = fields.keys.sorted { $0.rawValue < $1.rawValue }
        reader.take(["row"] + columns.map(\.rawValue), row: 1)
        reader.take(["\(row)"] + columns.map { trimmed(fields[$0] ?? "") }, row: row)
        return reader.file()
    }

    /// Splits the table into one for each of these rows. Findings about the whole table go to the first one.
    package func byRow(_ rows: Set<Int>) -> [Int: CorrectionFile] {
        let chosen = entries.filter { rows.contains($0.row) }
        return Dictionary(
            uniqueKeysWithValues: chosen.enumerated().map { place, entry in
                (entry.row, CorrectionFile(entries: [entry], log: place == 0 ? log : FindingLog()))
            })
    }

    /// Joins two tables that correct different rows.
    package func adding(_ other: CorrectionFile) -> CorrectionFile {
        var log = log
        for finding in other.log.kept { log.add(finding) }
        return CorrectionFile(entries: entries + other.entries, log: log)
    }

    /// Reads every visible sheet that names rows and has a column for expiries, as the report's sheet *To decide* does;
    /// failing any, the first one that names rows.
    private static func readWorkbook(
        _ bytes: FileBytes, path: String, options: PayoutFileOptions
    ) throws -> CorrectionFile {
        var tables: [(file: CorrectionFile, hasExpiries: Bool)] = []
        var limits = WorkbookLimits()
        limits.rowBytes = options.maximumRowBytes
        do {
            let workbook = try Workbook(
                bytes.workbook, limits: limits, scratchFolder: FileManager.default.temporaryDirectory.path)
            for sheet in workbook.sheets where sheet.isVisible {
                var reader = CorrectionReader(options: options)
                var rows = 0
                try workbook.read(sheet) { row in
                    reader.take(row)
                    rows += 1
                    return reader.columns != nil || rows <= 20
                }
                guard let columns = reader.columns else { continue }
                tables.append((reader.file(), columns.contains(.exp)))
            }
        } catch WorkbookError.beyondLimit(.rowBytes(let row)) {
            throw PayoutFileError.rowTooLong(path: path, row: row, limit: options.maximumRowBytes)
        } catch let error as WorkbookError {
            return CorrectionFile(entries: [], log: FindingLog(Finding(refusing: error)))
        }
        let toDecide = tables.filter(\.hasExpiries).map(\.file)
        let chosen = toDecide.isEmpty ? tables.prefix(1).map(\.file) : toDecide
        guard let first = chosen.first else {
            return CorrectionFile(entries: [], log: FindingLog(Finding(.noRowColumn)))
        }
        return chosen.dropFirst().reduce(first) { $0.adding($1) }
    }

    private static func text(of bytes: FileBytes) throws -> [UInt8] {
        var decoder = FileDecoder()
        var text: [UInt8] = []
        var piece: [UInt8]
        repeat {
            piece = try bytes.next()
            text += try decoder.decode(piece, isLast: piece.isEmpty)
        } while !piece.isEmpty
        return text
    }
}

/// Takes the rows of a table, one after another.
private struct CorrectionReader {
    private let options: PayoutFileOptions
    private var header: (columns: Header, row: Int)?
    private var entries: [CorrectionFile.Entry] = []
    private var corrected: Set<Int> = []
    private var log = FindingLog()

    init(options: PayoutFileOptions) {
        self.options = options
    }

    mutating func take(_ record: CSVRecord) {
        switch record.content {
        case .fields(let fields): take(fields.texts, row: record.row)
        case .unreadable: log.add(Finding(.unreadableText, row: record.row))
        case .unclosedQuote: log.add(Finding(.unclosedQuote, row: record.row))
        case .strayQuote: log.add(Finding(.strayQuote, row: record.row))
        }
    }

    /// The columns of the table, once its header is found.
    var columns: [Column?]? { header?.columns.columns }

    /// Takes a row of a workbook, whose numbers and dates show whether they have lost anything.
    mutating func take(_ row: WorkbookRow) {
        let fields = RowFields(row, count: header?.columns.fieldCount)
        var texts = fields.texts
        for (position, column) in (columns ?? []).enumerated() {
            guard let column, position < texts.count, !texts[position].isEmpty, let nature = fields.nature(position)
            else { continue }
            do throws(Problem) {
                texts[position] = try CellReading(texts[position], nature.kind, in: column).text
            } catch {
                log.add(
                    Finding(error, row: row.number, column: column, value: texts[position], position: position))
                texts[position] = ""
            }
        }
        take(texts, row: row.number)
    }

    func file() -> CorrectionFile {
        var log = log
        if header == nil { log.add(Finding(.noRowColumn)) }
        return CorrectionFile(entries: entries, log: log)
    }

    mutating func take(_ all: [String], row: Int) {
        let fields = all.suffixDropped(while: \.isEmpty)
        guard !fields.isEmpty else { return }
        guard let header else { return takeHeader(all, row: row) }
        guard all.count >= header.columns.fieldCount, fields.count <= header.columns.fieldCount else {
            let found = max(fields.count, min(all.count, header.columns.fieldCount))
            return log.add(Finding(.wrongFieldCount(found: found, expected: header.columns.fieldCount), row: row))
        }
        guard let named = rowNumber(all[header.row]) else {
            return log.add(Finding(.rowNotANumber, row: row, value: all[header.row], position: header.row))
        }
        guard corrected.insert(named).inserted else {
            return log.add(Finding(.rowNamedTwice, row: row, value: all[header.row], position: header.row))
        }
        var check = FieldCheck(fields: all, header: header.columns, row: row, options: options)
        let entry = check.entry(of: named)
        for finding in check.findings { log.add(finding) }
        entries.append(entry)
    }

    /// Takes the header. Titles above it are skipped.
    private mutating func takeHeader(_ fields: [String], row: Int) {
        guard let place = fields.firstIndex(where: Column.namesRow) else { return }
        let columns = Header(fields, row: row)
        header = (columns, place)
        log.headings = columns.headings
        for finding in columns.findings {
            switch finding.problem {
            case .missingColumn, .missingPayer, .missingAmountColumn, .noHeader: break
            default: log.add(finding)
            }
        }
    }

    private func rowNumber(_ field: String) -> Int? {
        let digits = unwrapped(field)
        return digits.utf8.allSatisfy(\.isASCIIDigit) ? Int(digits).flatMap { $0 > 1 ? $0 : nil } : nil
    }
}

/// Checks one row of a table by the rules of a payout file's columns.
private struct FieldCheck {
    let fields: [String]
    let header: Header
    let row: Int
    let options: PayoutFileOptions
    private(set) var findings: [Finding] = []

    init(fields: [String], header: Header, row: Int, options: PayoutFileOptions) {
        self.fields = fields
        self.header = header
        self.row = row
        self.options = options
    }

    mutating func entry(of row: Int) -> CorrectionFile.Entry {
        let options = options
        var correction = Correction()
        correction.account = read(.account, RowCheck.account)
        if let account = correction.account, account.currencyCode != "000" {
            find(.otherCurrency(account.currencyCode), in: .account)
        }
        correction.bankCode = read(.mfo, RowCheck.bankCode)
        correction.expiry = read(.exp) { text throws(Problem) in try RowCheck.expiry(text, options) }
        if let column = header.amount?.column {
            correction.amount = read(column) { text throws(Problem) in try RowCheck.amount(text, in: column) }
            if let amount = correction.amount, let limit = options.maximumRow, amount > limit {
                find(.amountAboveLimit(limit), in: column)
            }
        }
        let masked = header.positions[.pan].map { unwrapped(fields[$0]) }.flatMap { $0.contains("*") ? $0 : nil }
        if masked == nil { correction.card = read(.pan, RowCheck.card) }
        if let card = correction.card {
            if !isFilled(.exp) { find(.newCardWithoutExpiry, in: .pan) }
            if !UsualDigits.begins(card) { find(.unknownCardPrefix, in: .pan) }
        }
        return CorrectionFile.Entry(row: row, correction: correction, maskedCard: masked)
    }

    private mutating func read<Value>(_ column: Column, _ parse: (String) throws(Problem) -> Value) -> Value? {
        guard isFilled(column), let position = header.positions[column] else { return nil }
        do throws(Problem) {
            if RowCheck.isFormula(fields[position]) { throw .formula }
            return try RowCheck.value(of: fields[position], parse)
        } catch {
            find(error, in: column)
            return nil
        }
    }

    private func isFilled(_ column: Column) -> Bool {
        header.positions[column].map { !unwrapped(fields[$0]).isEmpty } ?? false
    }

    private mutating func find(_ problem: Problem, in column: Column) {
        let position = header.positions[column]
        findings.append(
            Finding(problem, row: row, column: column, value: position.map { fields[$0] }, position: position))
    }
}

extension FindingLog {
    fileprivate init(_ finding: Finding) {
        self.init()
        add(finding)
    }
}
