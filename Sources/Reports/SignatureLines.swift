import CXLSXWriter

/// The lines on which people sign a report.
struct SignatureLines {
    private let words: MonthWords
    private let formats: ReportFormats

    init(_ words: MonthWords, _ formats: ReportFormats) {
        self.words = words
        self.formats = formats
    }

    /// Writes a line for each person who signs.
    /// - Parameter row: the last row that is in use.
    func write(to sheet: Sheet, below row: Int) throws {
        for (number, name) in [words.director, words.accountant].enumerated() {
            let row = row + 2 * (number + 1)
            try sheet.write(name, row, 0)
            try sheet.write("", row, 1, formats.lined)
            try sheet.write("", row, 2, formats.lined)
            try sheet.write(words.signature, row + 1, 1, formats.caption)
        }
    }
}
