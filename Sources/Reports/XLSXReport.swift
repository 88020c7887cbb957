import CXLSXWriter
import Foundation
import Payouts

/// Writes the report as a workbook, with the rows streamed in constant memory. Its sheets are:
/// - *Summary*: the balance check,
/// - *Rows*: every row,
/// - *To decide*: the rows that need a person,
/// - *Attempts*: the rows that were tried more than once,
/// - *History*: the events.
struct XLSXReport {
    private let report: Report

    init(_ report: Report) {
        self.report = report
    }

    func write(
        _ statement: BatchStatement, history: [RecordedEvent], rows: ((StatementRow) throws -> Void) throws -> Void,
        attempts: ((StatementRow) throws -> Void) throws -> Void, to path: String
    ) throws {
        let book = try Workbook(path: path)
        book.setProperties(title: "\(report.words.title): \(statement.reference)")
        let formats = ReportFormats(book)
        let footer = report.words.footer(statement.reference.name, isPractice: statement.isPractice)

        try SummarySheet(report, formats).write(statement, to: book.sheet(report.words.summary), footer: footer)
        let everyRow = try RowsSheet(report, formats, ReportColumn.ofRows, footer: footer) { part in
            try book.sheet(report.words.rows + (part == 1 ? "" : " \(part)"))
        }
        // A sheet is placed where it is created, so this one follows the first sheet of rows.
        let toReview = try RowsSheet(report, formats, ReportColumn.toReview, footer: footer) { part in
            try book.sheet(report.words.toReview + (part == 1 ? "" : " \(part)"))
        }
        try rows { row in
            try everyRow.append(row)
            if row.needsPerson { try toReview.append(row) }
        }
        try everyRow.finish()
        try toReview.finish()
        var everyAttempt: RowsSheet?
        try attempts { attempt in
            let sheet =
                try everyAttempt
                ?? RowsSheet(report, formats, ReportColumn.ofAttempts, footer: footer) { part in
                    try book.sheet(report.words.attempts + (part == 1 ? "" : " \(part)"))
                }
            everyAttempt = sheet
            try sheet.append(attempt)
        }
        try everyAttempt?.finish()
        if !history.isEmpty {
            try HistorySheet(report, formats).write(history, to: book.sheet(report.words.history), footer: footer)
        }
        try book.close()
    }
}

extension StatementRow {
    /// Whether the row belongs on the sheet of rows that need a person.
    fileprivate var needsPerson: Bool {
        switch state {
        case .refused, .unknown, .review, .sending: true
        case .paid: reason?.code == .reversedAtBank
        case .queued, .withdrawn: false
        }
    }
}
