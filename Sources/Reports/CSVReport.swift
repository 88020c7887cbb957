import Foundation
import PaymentValues
import Payouts

/// Writes the rows as CSV the way Excel in Uzbekistan opens it: UTF-8 with BOM, semicolons, a decimal comma.
struct CSVReport {
    private let report: Report

    init(_ report: Report) {
        self.report = report
    }

    /// Writes the file. Each row repeats the bank and the ledger's head: CSV has no other place for them, and people
    /// often split such files.
    func write(_ statement: BatchStatement, rows: ((StatementRow) throws -> Void) throws -> Void, to path: String)
        throws
    {
        let file = try BufferedFile(path: path)
        try file.write("\u{FEFF}")
        let bank = Self.field(report.words.nameOfBank(statement.bank))
        let head = Self.field(statement.ledgerHead ?? "")
        let header = ReportColumn.ofRows.map(report.words.column) + [report.words.ledgerHead, report.words.bank]
        try file.write(header.map(Self.field).joined(separator: ";") + "\r\n")
        try rows { row in
            let fields = ReportColumn.ofRows.map { Self.field(text($0.value(of: row, in: report))) }
            try file.write((fields + [head, bank]).joined(separator: ";") + "\r\n")
        }
        try file.close()
    }

    private func text(_ value: ReportColumn.Value) -> String {
        switch value {
        case .text(let text): text
        case .number(let number): String(Int64(number))
        case .money(let tiyin): tiyin.description.filter { $0 != " " }
        case .state(let state): report.words.state(state)
        case .none: ""
        }
    }

    /// Puts an apostrophe before text that a spreadsheet would take for a formula, so that it is shown as text.
    private static func field(_ text: String) -> String {
        let plain = printable(text)
        let safe = plain.first.map("=+-@".contains) == true ? "'" + plain : plain
        guard safe.contains(where: { $0 == ";" || $0 == "\"" }) else { return safe }
        return "\"" + safe.replacingOccurrences(of: "\"", with: "\"\"") + "\""
    }
}
