import CXLSXWriter
import PaymentValues
package import Payouts

/// Writes the register of a month: a workbook to sign and file, or a CSV for 1C.
package struct MonthReport {
    private let register: MonthRegister
    private let words: MonthWords
    private let language: Language

    package init(_ register: MonthRegister, language: Language) {
        self.register = register
        self.language = language
        words = MonthWords.of(language)
    }

    package func writeXLSX(to path: String) throws(ReportError) {
        try ReportFile(path: path).replace { try writeWorkbook(to: $0) }
    }

    package func writeCSV(to path: String) throws(ReportError) {
        try ReportFile(path: path).replace { temporary in
            let file = try BufferedFile(path: temporary)
            try file.write(Self.csvHeader(words))
            for row in table(Self.plainAmount).dropFirst() { try file.write(Self.line(row)) }
            try file.close()
        }
    }

    /// The register as text for a terminal.
    package var text: String {
        let table = table(\.description)
        var lines = [words.title(register)]
        let widths = table[0].indices.map { column in table.map { $0[column].count }.max() ?? 0 }
        for row in table {
            let cells = row.enumerated().map { column, text in
                let space = String(repeating: " ", count: widths[column] - text.count)
                return column < 3 ? text + space : space + text
            }
            lines.append("  " + cells.joined(separator: "  "))
        }
        lines.append("\(words.inWords): \(inWords)")
        lines += words.agreement(register)
        return lines.joined(separator: "\n")
    }

    private var inWords: String { AmountInWords(register.total.paid.sum, in: language).text }

    private static func headings(_ words: MonthWords) -> [String] {
        [
            words.batch, words.day, words.file, words.rows, words.paid, words.sum, words.commission, words.refused,
            words.unknown, words.returned,
        ]
    }

    private func table(_ amount: (Tiyin) -> String) -> [[String]] {
        func row(_ names: [String], _ line: MonthRegister.Line) -> [String] {
            names + [
                String(line.rows), String(line.paid.rows), amount(line.paid.sum), amount(line.commission),
                String(line.refused), String(line.unknown), amount(line.returned.sum),
            ]
        }
        return [Self.headings(words)] + register.batches.map { row([$0.reference, $0.day, $0.fileName], $0.line) }
            + [row([words.total, "", ""], register.total)]
    }

    /// An amount as 1C reads it.
    private static func plainAmount(_ amount: Tiyin) -> String { amount.description.filter { $0 != " " } }

    /// Returns the first line of every such register.
    static func csvHeader(_ words: MonthWords) -> String { "\u{FEFF}" + line(headings(words)) }

    private static func line(_ fields: [String]) -> String {
        fields.map(CSVReport.field).joined(separator: ";") + "\r\n"
    }

    // MARK: The workbook

    /// The width of the columns for the names of batches and files, in characters.
    private static let nameWidth = 30.0

    private func writeWorkbook(to path: String) throws {
        let book = try Workbook(path: path)
        let title = words.title(register)
        book.setProperties(title: title)
        let formats = ReportFormats(book)
        let footer = Words.of(language).footer(title)
        try writeBatches(to: book.sheet(words.batches), formats, footer)
        try writeDays(to: book.sheet(words.days), formats, footer)
        try book.close()
    }

    private func writeBatches(to sheet: Sheet, _ formats: ReportFormats, _ footer: String) throws {
        for (column, width) in [Self.nameWidth, 12, Self.nameWidth, 9, 11, 20, 18, 10, 14, 18].enumerated() {
            try sheet.setColumn(column, width: width)
        }
        var heights = TextHeights()
        try sheet.setPage(footer: footer)
        try sheet.write(words.title(register), 0, 0, formats.title)
        var row = 2
        try writeHeadings(Self.headings(words), texts: 3, to: sheet, row, formats)
        for batch in register.batches {
            row += 1
            for (column, text) in [batch.reference, batch.day, batch.fileName].enumerated() {
                try sheet.write(text, row, column, formats.wrapped)
            }
            let lines = [batch.reference, batch.fileName].map { heights.lines(of: $0, in: Self.nameWidth) }.max() ?? 1
            if lines > 1 { try sheet.setRow(row, height: Double(lines) * 13 + 2) }
            try write(batch.line, to: sheet, row, formats.number, formats.money)
        }
        row += 1
        for (column, text) in [words.total, "", ""].enumerated() {
            try sheet.write(text, row, column, formats.totalText)
        }
        try write(register.total, to: sheet, row, formats.total, formats.totalMoney)
        row += 2
        try sheet.write("\(words.inWords): \(inWords)", row, 0)
        for text in words.agreement(register) {
            row += 1
            let isGood = register.isAgreed == true && register.changedAfterClosing.rows == 0
            try sheet.write(text, row, 0, isGood ? formats.good : formats.bad)
        }
        for text in register.statements {
            row += 1
            try sheet.write("\(words.statements): \(text)", row, 0)
        }
        try SignatureLines(words, formats).write(to: sheet, below: row)
    }

    /// - Parameter texts: how many columns come before those of numbers.
    private func writeHeadings(
        _ headings: [String], texts: Int, to sheet: Sheet, _ row: Int, _ formats: ReportFormats
    ) throws {
        try sheet.setRow(row, height: 32)
        for (column, text) in headings.enumerated() {
            try sheet.write(text, row, column, column < texts ? formats.heading : formats.headingOfNumbers)
        }
    }

    private func write(
        _ line: MonthRegister.Line, to sheet: Sheet, _ row: Int, _ number: Workbook.Format, _ money: Workbook.Format
    ) throws {
        try sheet.write(Double(line.rows), row, 3, number)
        try sheet.write(Double(line.paid.rows), row, 4, number)
        try sheet.write(line.paid.sum, row, 5, money)
        try sheet.write(line.commission, row, 6, money)
        try sheet.write(Double(line.refused), row, 7, number)
        try sheet.write(Double(line.unknown), row, 8, number)
        try sheet.write(line.returned.sum, row, 9, money)
    }

    private func writeDays(to sheet: Sheet, _ formats: ReportFormats, _ footer: String) throws {
        for (column, width) in [26.0, 14, 12, 22, 20].enumerated() { try sheet.setColumn(column, width: width) }
        try sheet.setPage(footer: footer)
        let headings = [words.account, words.day, words.paid, words.sum, words.commission]
        try writeHeadings(headings, texts: 2, to: sheet, 0, formats)
        for (index, day) in register.days.enumerated() {
            let row = index + 1
            try sheet.write(day.account, row, 0, formats.text)
            try sheet.write(day.day, row, 1, formats.text)
            try sheet.write(Double(day.paid.rows), row, 2, formats.number)
            try sheet.write(day.paid.sum, row, 3, formats.money)
            try sheet.write(day.commission, row, 4, formats.money)
        }
    }
}
