import Foundation
import PaymentValues
import Payouts

/// Writes the rows as the CSV that Excel in Uzbekistan opens: UTF-8 with BOM, semicolons, and a decimal comma.
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
        let bank = Self.field(report.words.nameOfBank(statement.bank))
        let head = Self.field(statement.ledgerHead ?? "")
        try file.write(Self.header(report.words))
        try rows { row in
            let fields = ReportColumn.ofCSV.map { Self.field(text($0.value(of: row, in: report))) }
            try file.write((fields + [head, bank]).joined(separator: ";") + "\r\n")
        }
        try file.close()
    }

    /// Returns the first line of every CSV report.
    static func header(_ words: Words) -> String {
        let names = ReportColumn.ofCSV.map(words.column) + [words.ledgerHead, words.bank]
        return "\u{FEFF}" + names.map(field).joined(separator: ";") + "\r\n"
    }

    private func text(_ value: ReportColumn.Value) -> String {
        switch value {
        case .text(let text): text
        case .number(let number): String(Int64(number))
        case .money(let tiyin): tiyin.description.filter { $0 != " " }
        case .time(let time): report.stamp.text(time)
        case .state(let state): report.words.state(state)
        case .none: ""
        }
    }

    /// Returns the text as a quoted field that every spreadsheet shows unchanged. People also open such files with
    /// commas or tabs as delimiters, and these would split a field.
    static func field(_ text: String) -> String {
        "\"" + inert(wholeNumber(printable(text))).replacingOccurrences(of: "\"", with: "\"\"") + "\""
    }

    /// Puts an apostrophe before a character that would begin a formula, at the start or after a delimiter.
    private static func inert(_ text: String) -> String {
        guard text.contains(where: "=+-@".contains) else { return text }
        var isStart = true
        return text.reduce(into: "") { safe, character in
            if isStart, "=+-@".contains(character) { safe.append("'") }
            safe.append(character)
            isStart = ",;|\t".contains(character) || isStart && character == " "
        }
    }

    /// Puts a tab before digits that Excel would change. Excel drops leading zeros, keeps 15 digits, shows 11, and
    /// reads an `E` as an exponent. With the tab they are text, and look the same.
    private static func wholeNumber(_ text: String) -> String {
        let digits = text.utf8.count { (48...57).contains($0) }
        let others = text.utf8.count - digits
        let isExponent = others == 1 && digits > 1 && text.dropFirst().dropLast().contains { $0 == "e" || $0 == "E" }
        let isAltered = others == 0 && (digits > 11 || digits > 1 && text.hasPrefix("0"))
        return isExponent || isAltered ? "\t" + text : text
    }
}
