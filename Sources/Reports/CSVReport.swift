import Foundation
import PaymentValues
import Payouts

/// The rows as CSV the way Excel in this part of the world opens it: UTF-8 with BOM, semicolons, a decimal comma.
struct CSVReport {
    private let report: Report

    init(_ report: Report) {
        self.report = report
    }

    /// Each row names the bank and where the ledger stood: the file has no other place for them, and is often cut into pieces.
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

    /// Text that a spreadsheet would take for a formula gets an apostrophe, which it shows as text.
    private static func field(_ text: String) -> String {
        let plain = printable(text)
        let safe = plain.first.map("=+-@".contains) == true ? "'" + plain : plain
        guard safe.contains(where: { $0 == ";" || $0 == "\"" }) else { return safe }
        return "\"" + safe.replacingOccurrences(of: "\"", with: "\"\"") + "\""
    }
}
