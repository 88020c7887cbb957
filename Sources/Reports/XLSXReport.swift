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

        // The first sheet is filled last: it also says what only the rows know.
        let summary = try book.sheet(report.words.summary)
        let everyRow = try RowsSheet(report, formats, SheetColumns.ofRows, footer: footer) { part in
            try book.sheet(report.words.rows + (part == 1 ? "" : " \(part)"))
        }
        // A sheet is placed where it is created, so this one follows the first sheet of rows.
        let toReview = try RowsSheet(report, formats, SheetColumns.toReview, footer: footer) { part in
            try book.sheet(report.words.toReview + (part == 1 ? "" : " \(part)"))
        }
        var payments = PaymentFacts()
        try rows { row in
            payments.take(row)
            try everyRow.append(row)
            if row.needsPerson { try toReview.append(row) }
        }
        try everyRow.finish(hasTotal: true)
        try toReview.finish()
        var everyAttempt: RowsSheet?
        try attempts { attempt in
            let sheet =
                try everyAttempt
                ?? RowsSheet(report, formats, SheetColumns.ofAttempts, footer: footer) { part in
                    try book.sheet(report.words.attempts + (part == 1 ? "" : " \(part)"))
                }
            everyAttempt = sheet
            try sheet.append(attempt)
        }
        try everyAttempt?.finish()
        if !history.isEmpty {
            try HistorySheet(report, formats).write(history, to: book.sheet(report.words.history), footer: footer)
        }
        try SummarySheet(report, formats).write(statement, payments, history, to: summary, footer: footer)
        try book.close()
    }
}

/// What the paid rows say together.
struct PaymentFacts {
    /// The times of the first and the last payment.
    private(set) var times: ClosedRange<Date>?
    /// The number of paid rows for which the bank named no commission.
    private(set) var withoutCommission = 0

    mutating func take(_ row: StatementRow) {
        guard row.state == .paid else { return }
        if row.receipt?.commissionAmount == nil { withoutCommission += 1 }
        let earlier = times ?? row.changedAt...row.changedAt
        times = min(earlier.lowerBound, row.changedAt)...max(earlier.upperBound, row.changedAt)
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
