import CXLSXWriter
import Foundation
package import Payouts

/// A workbook of the findings in a payout file. One sheet lists all findings. Another sheet copies the file cell by
/// cell, with the faulty cells coloured and commented. The caller must mask all values.
package struct FindingsWorkbook {
    /// One finding, with all its rows.
    package struct Remark: Sendable {
        let isError: Bool
        let rows: String
        let count: Int
        let column, value, message, advice: String

        package init(
            isError: Bool, rows: String, count: Int, column: String, value: String, message: String, advice: String
        ) {
            self.isError = isError
            self.rows = rows
            self.count = count
            self.column = column
            self.value = value
            self.message = message
            self.advice = advice
        }
    }

    /// One row of the file.
    package struct Row: Sendable {
        let number: Int
        let cells: [String]
        let marks: [Mark]

        /// Makes a row.
        /// - Parameter number: the row's number in Excel.
        package init(number: Int, cells: [String], marks: [Mark]) {
            self.number = number
            self.cells = cells
            self.marks = marks
        }
    }

    /// A mark on one cell, or on the whole row if `position` is `nil`.
    package struct Mark: Sendable {
        let position: Int?
        let isError: Bool
        let text: String

        package init(position: Int?, isError: Bool, text: String) {
            self.position = position
            self.isError = isError
            self.text = text
        }
    }

    private let words: FindingsWords
    private let footer: String
    private let fileName: String
    private let original: String

    /// - Parameter original: names the file, so that it can be found again when its copy comes back.
    package init(language: Language, fileName: String, original: String) {
        self.original = original
        words = FindingsWords(language)
        footer = Words.of(language).footer(fileName)
        self.fileName = fileName
    }

    /// Writes the workbook.
    /// - Parameter rows: calls back with each row that is not empty, in the file's order.
    package func write(
        _ remarks: [Remark], to path: String, rows: ((Row) throws -> Void) throws -> Void
    ) throws(ReportError) {
        try ReportFile(path: path).replace { temporary in
            let book = try Workbook(path: temporary)
            book.setProperties(title: "\(words.findings): \(fileName)")
            let formats = ReportFormats(book)
            let sheet = try book.sheet(words.findings)
            try sheet.setPage(footer: footer)
            try write(remarks, to: sheet, formats)
            let copy = FileCopySheet(try book.sheet(words.file), formats)
            try copy.begin(footer: footer)
            try rows(copy.append)
            try book.close()
        }
    }

    private func write(_ remarks: [Remark], to sheet: Sheet, _ formats: ReportFormats) throws {
        for (column, width) in [16.0, 22, 10, 14, 26, 60, 60].enumerated() { try sheet.setColumn(column, width: width) }
        for (column, heading) in words.headings.enumerated() { try sheet.write(heading, 0, column, formats.heading) }
        unsafe worksheet_freeze_panes(sheet.pointer, 1, 0)
        for (row, remark) in remarks.enumerated() {
            let row = row + 1
            try sheet.write(
                remark.isError ? words.error : words.warning, row, 0, remark.isError ? formats.faulty : formats.doubtful
            )
            try sheet.write(remark.rows, row, 1, formats.wrapped)
            try sheet.write(Double(remark.count), row, 2, formats.number)
            try sheet.write(remark.column, row, 3, formats.text)
            try sheet.write(remark.value, row, 4, formats.text)
            try sheet.write(remark.message, row, 5, formats.wrapped)
            try sheet.write(remark.advice, row, 6, formats.wrapped)
        }
        try sheet.write(words.original, remarks.count + 2, 0, formats.label)
        try sheet.write(original, remarks.count + 2, 1, formats.label)
    }

    private struct FindingsWords {
        let findings, file, error, warning, original: String
        let headings: [String]

        init(_ language: Language) {
            switch language {
            case .ru:
                (findings, file, error, warning) = ("Замечания", "Файл", "ошибка", "предупреждение")
                original = "исходный файл"
                headings = ["", "Строки", "Сколько", "Столбец", "Значение", "Ошибка", "Что делать"]
            case .uz:
                (findings, file, error, warning) = ("Kamchiliklar", "Fayl", "xato", "ogohlantirish")
                original = "dastlabki fayl"
                headings = ["", "Qatorlar", "Nechta", "Ustun", "Qiymat", "Xato", "Nima qilish kerak"]
            case .en:
                (findings, file, error, warning) = ("Findings", "File", "error", "warning")
                original = "original file"
                headings = ["", "Rows", "How many", "Column", "Value", "What is wrong", "What to do"]
            }
        }
    }
}

/// The copy of the file, with each cell in its original place.
private final class FileCopySheet {
    /// The largest number of comments. More would make Excel slow. Cells beyond the limit are still coloured.
    private static let commentLimit = 2000
    private static let rowLimit = 1_048_576
    private static let columnLimit = 256

    private let sheet: Sheet
    private let formats: ReportFormats
    private var comments = 0

    init(_ sheet: Sheet, _ formats: ReportFormats) {
        self.sheet = sheet
        self.formats = formats
    }

    func begin(footer: String) throws {
        try sheet.setPage(footer: footer)
        for column in 0..<12 { try sheet.setColumn(column, width: 22, formats.text) }
        // Numbers are stored as text on purpose.
        try unsafe Workbook.check(
            worksheet_ignore_errors(sheet.pointer, UInt8(LXW_IGNORE_NUMBER_STORED_AS_TEXT.rawValue), "A1:XFD1048576"))
    }

    func append(_ row: FindingsWorkbook.Row) throws {
        guard row.number <= Self.rowLimit else { return }
        let wholeRow = row.marks.filter { $0.position == nil }
        let width = min(
            max(row.cells.count, row.marks.compactMap(\.position).max().map { $0 + 1 } ?? 1), Self.columnLimit)
        for column in 0..<width {
            let marks = row.marks.filter { $0.position == column } + wholeRow
            let format =
                marks.contains(where: \.isError) ? formats.faulty : marks.isEmpty ? formats.text : formats.doubtful
            try sheet.write(column < row.cells.count ? row.cells[column] : "", row.number - 1, column, format)
            // A mark on the whole row is shown once, in the first cell.
            let texts = marks.filter { $0.position == column || column == 0 }.map(\.text)
            if !texts.isEmpty { try comment(texts.joined(separator: "\n"), row.number - 1, column) }
        }
    }

    private func comment(_ text: String, _ row: Int, _ column: Int) throws {
        guard comments < Self.commentLimit else { return }
        comments += 1
        var options = unsafe lxw_comment_options()
        unsafe options.width = 320
        unsafe options.height = 120
        try unsafe Workbook.check(
            worksheet_write_comment_opt(sheet.pointer, lxw_row_t(row), lxw_col_t(column), text, &options))
    }
}
