import CXLSXWriter
import Payouts

/// The sheet with the events of the whole batch and people's actions on single rows.
struct HistorySheet {
    private let report: Report
    private let formats: ReportFormats

    init(_ report: Report, _ formats: ReportFormats) {
        self.report = report
        self.formats = formats
    }

    func write(_ history: [RecordedEvent], to sheet: Sheet, footer: String) throws {
        let words = report.words
        let columns = [
            (words.column(.changedAt), 16.0), (words.who, 22), (words.column(.row), 8), (words.column(.state), 20),
            (words.what, 90),
        ]
        for (column, (name, width)) in columns.enumerated() {
            try sheet.setColumn(column, width: width)
            try sheet.write(name, 0, column, formats.heading)
        }
        unsafe worksheet_freeze_panes(sheet.pointer, 1, 0)
        try sheet.setPage(footer: footer)
        var heights = TextHeights()
        for (place, event) in history.enumerated() {
            let (line, text) = (place + 1, report.text(of: event.why))
            try sheet.write(report.stamp.serial(event.at), line, 0, formats.time)
            try sheet.write(event.who, line, 1, formats.text)
            if let row = event.row {
                try sheet.write(Double(row), line, 2, formats.number)
                if let state = event.to { try sheet.write(words.state(state), line, 3, formats.state(state)) }
            }
            try sheet.write(text, line, 4, formats.wrapped)
            // Some viewers do not compute the height of wrapped text.
            let lines = heights.lines(of: text, in: 90)
            if lines > 1 { try sheet.setRow(line, height: Double(lines) * 13 + 2) }
        }
    }
}
