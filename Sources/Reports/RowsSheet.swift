import CXLSXWriter
import PaymentValues
import Payouts

/// The rows of a batch on a sheet. If a sheet is full, the rows continue on another.
final class RowsSheet {
    /// The largest number of rows in Excel, without the header and the total.
    private static let rowsPerSheet = 1_048_574

    private let report: Report
    private let formats: ReportFormats
    private let footer: String
    private let columns: [ReportColumn]
    /// The number of columns on paper.
    private let printed: Int
    private let newSheet: (_ part: Int) throws -> Sheet
    private var sheet: Sheet
    private var part = 1
    private var filled = 0
    /// Whether people type into the empty cells. Then these cells need their own format.
    private let isForTyping: Bool
    /// Whether any row has a value, for each column.
    private var isUsed: [Bool]
    private var heights = TextHeights()
    private var (amount, commission) = (Tiyin.zero, Tiyin.zero)

    init(
        _ report: Report, _ formats: ReportFormats, _ columns: SheetColumns, footer: String,
        newSheet: @escaping (_ part: Int) throws -> Sheet
    ) throws {
        self.report = report
        self.formats = formats
        self.columns = columns.all
        printed = columns.printed.count
        isForTyping = columns.isForTyping
        isUsed = columns.all.map { _ in false }
        self.footer = footer
        self.newSheet = newSheet
        sheet = try newSheet(1)
        try begin()
    }

    func append(_ row: StatementRow) throws {
        if filled == Self.rowsPerSheet {
            try finish()
            part += 1
            filled = 0
            isUsed = columns.map { _ in false }
            sheet = try newSheet(part)
            try begin()
        }
        filled += 1
        var lines = 1
        for (column, kind) in columns.enumerated() {
            let value = kind.value(of: row, in: report)
            if case .none = value {} else { isUsed[column] = true }
            switch value {
            case .text(let text):
                if kind.wraps { lines = max(lines, heights.lines(of: text, in: kind.width)) }
                try sheet.write(text, filled, column, kind.wraps ? formats.wrapped : formats.text)
            case .number(let number): try sheet.write(number, filled, column, formats.number)
            case .money(let tiyin): try sheet.write(tiyin, filled, column, formats.money)
            case .time(let time): try sheet.write(report.stamp.serial(time), filled, column, formats.time)
            case .state(let state): try sheet.write(report.words.state(state), filled, column, formats.state(state))
            case .none:
                if isForTyping { try sheet.write("", filled, column, formats.text) }
            }
        }
        amount = try amount.adding(row.amount)
        if let more = row.receipt?.commissionAmount { commission = try commission.adding(more) }
        // Set the height: some viewers do not compute it.
        if lines > 1 {
            try sheet.setRow(filled, height: Double(lines) * 13 + 2)
        }
    }

    /// Completes the sheet, and writes the totals below the last row.
    ///
    /// - Parameter hasTotal: whether each row of the file is on the sheet once.
    func finish(hasTotal: Bool = false) throws {
        try finishTable()
        if hasTotal, filled > 0 { try writeTotal() }
        try unsafe Workbook.check(
            worksheet_print_area(
                sheet.pointer, 0, 0, lxw_row_t(filled + (hasTotal ? 1 : 0)), lxw_col_t(printed - 1)))
    }

    /// Sets the filter over the written rows, draws the lines, and hides optional columns that are empty. libxlsxwriter
    /// accepts neither after a later row.
    private func finishTable() throws {
        if filled > 0, !isForTyping { try drawLines() }
        try unsafe Workbook.check(
            worksheet_autofilter(
                sheet.pointer, 0, 0, lxw_row_t(filled), lxw_col_t(columns.count - 1)))
        for (column, kind) in columns.enumerated() where kind.isOptional && !isUsed[column] {
            try sheet.hideColumn(column)
        }
    }

    private func writeTotal() throws {
        for (column, kind) in columns.prefix(printed).enumerated() {
            switch kind {
            case .row: try sheet.write(report.words.sum, filled + 1, column, formats.total)
            case .amount: try sheet.write(amount, filled + 1, column, formats.totalMoney)
            case .commissionAmount: try sheet.write(commission, filled + 1, column, formats.totalMoney)
            default: try sheet.write("", filled + 1, column, formats.total)
            }
        }
    }

    /// Draws the line under empty cells with one conditional format for the whole table. Writing an empty cell only for
    /// its line takes three times as long as writing a cell with text.
    private func drawLines() throws {
        try unsafe "=TRUE".withCString { always in
            var rule = unsafe lxw_conditional_format()
            unsafe rule.type = UInt8(LXW_CONDITIONAL_TYPE_FORMULA.rawValue)
            unsafe rule.value_string = unsafe UnsafeMutablePointer(mutating: always)
            unsafe rule.format = unsafe formats.lined.pointer
            try unsafe Workbook.check(
                worksheet_conditional_format_range(
                    sheet.pointer, 1, 0, lxw_row_t(filled), lxw_col_t(columns.count - 1), &rule))
        }
    }

    private func begin() throws {
        for (column, kind) in columns.enumerated() {
            try sheet.setColumn(column, width: kind.width)
            try sheet.write(report.words.column(kind), 0, column, formats.heading)
        }
        // The longest heading takes three lines.
        try sheet.setRow(0, height: 45)
        unsafe worksheet_freeze_panes(sheet.pointer, 1, 0)
        try unsafe Workbook.check(worksheet_repeat_rows(sheet.pointer, 0, 0))
        // Ids and accounts are digits stored as text on purpose.
        try unsafe Workbook.check(
            worksheet_ignore_errors(sheet.pointer, UInt8(LXW_IGNORE_NUMBER_STORED_AS_TEXT.rawValue), "A1:XFD1048576"))
        try sheet.setPage(footer: footer)
    }
}

extension Sheet {
    /// Writes an amount in so'm as a number. If a workbook's number cannot hold it exactly, it is written as text.
    func write(_ tiyin: Tiyin, _ row: Int, _ column: Int, _ format: Workbook.Format) throws {
        if tiyin.count.magnitude < 1 << 53 {
            try write(Double(tiyin.count) / 100, row, column, format)
        } else {
            try write(tiyin.description, row, column, format)
        }
    }
}
