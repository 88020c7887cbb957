import PaymentValues
package import PayoutFiles
package import Payouts

/// A table of all findings of a file, for a terminal. Each line is one finding, or one mistake in many rows.
package struct FindingsTable {
    /// The largest number of rows with the same mistake that are listed one by one.
    private static let shownSingly = 5

    private let log: FindingLog
    private let language: Language
    private let width: Int

    private struct Line {
        let rows, column, value: String
        /// The texts of the cell. Each starts on its own line.
        let texts: [String]

        var cells: [String] { [rows, column, value] }
    }

    package init(_ log: FindingLog, language: Language, width: Int) {
        self.log = log
        self.language = language
        self.width = width
    }

    package var text: String {
        [Finding.Severity.error, .warning].compactMap { severity in
            let lines = lines(of: severity)
            return lines.isEmpty ? nil : title(severity) + "\n" + table(lines)
        }.joined(separator: "\n")
    }

    private func lines(of severity: Finding.Severity) -> [Line] {
        let groups = log.groups.filter { $0.first.severity == severity }
        let single = Set(groups.filter { $0.count <= Self.shownSingly }.map(\.first.mistake))
        var told: Set<Finding.Mistake> = []
        return log.kept.filter { $0.severity == severity }.compactMap { finding in
            if single.contains(finding.mistake) {
                return line(finding, rows: finding.row.map(String.init) ?? "", example: "")
            }
            guard told.insert(finding.mistake).inserted,
                let group = groups.first(where: { $0.first.mistake == finding.mistake })
            else { return nil }
            let example = group.hasOneProblem ? "" : words.example(group.first.row ?? 0)
            return line(
                group.first, rows: "\(group.rowsText()) (\(group.count.grouped))", example: example,
                more: group.hasOneValue ? "" : " …")
        }
    }

    private func line(_ finding: Finding, rows: String, example: String, more: String = "") -> Line {
        Line(
            rows: rows, column: log.columnName(of: finding, in: language), value: finding.value.map { $0 + more } ?? "",
            texts: [example + finding.message(in: language), "→ " + finding.advice(in: language)])
    }

    private func table(_ lines: [Line]) -> String {
        let all = [Line(rows: words.rows, column: words.column, value: words.value, texts: [words.text])] + lines
        let widths = all.reduce([0, 0, 0]) { widths, line in zip(widths, line.cells).map { max($0, $1.count) } }
        let indent = widths.reduce(2) { $0 + $1 + 2 }
        var text: [String] = []
        for line in all {
            let cells = zip(line.cells, widths).map { padded($0, to: $1 + 2) }.joined()
            let parts = line.texts.flatMap { wrapped($0, to: max(width - indent - 1, 40)) }
            for (number, part) in parts.enumerated() {
                text.append(number == 0 ? "  " + cells + part : String(repeating: " ", count: indent) + part)
            }
        }
        return text.joined(separator: "\n")
    }

    private func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private func wrapped(_ text: String, to width: Int) -> [String] {
        text.split(separator: " ").reduce(into: [String]()) { lines, word in
            if let last = lines.last, last.count + 1 + word.count <= width {
                lines[lines.count - 1] = last + " " + word
            } else {
                lines.append(String(word))
            }
        }
    }
}

extension FindingsTable {
    private struct Words {
        let rows, column, value, text: String
        let example: (Int) -> String
    }

    private var words: Words {
        switch language {
        case .ru:
            Words(rows: "строки", column: "столбец", value: "значение", text: "ошибка → что делать") {
                "Например, строка \($0): "
            }
        case .uz:
            Words(rows: "qatorlar", column: "ustun", value: "qiymat", text: "xato → nima qilish kerak") {
                "Masalan, \($0)-qator: "
            }
        case .en:
            Words(rows: "rows", column: "column", value: "value", text: "what is wrong → what to do") {
                "For example, row \($0): "
            }
        }
    }

    private func title(_ severity: Finding.Severity) -> String {
        switch (severity, language) {
        case (.error, .ru):
            "Ошибки: \(log.errorCount.grouped). Пока они не исправлены, выплаты по файлу не отправляются."
        case (.error, .uz):
            "Xatolar: \(log.errorCount.grouped). Ular tuzatilmaguncha fayl bo‘yicha to‘lovlar yuborilmaydi."
        case (.error, .en): "Errors: \(log.errorCount.grouped). The file cannot be paid until they are fixed."
        case (.warning, .ru): "Предупреждения: \(log.warningCount.grouped). Проверьте и подтвердите, если всё верно."
        case (.warning, .uz):
            "Ogohlantirishlar: \(log.warningCount.grouped). Tekshiring va to‘g‘ri bo‘lsa, qabul qiling."
        case (.warning, .en): "Warnings: \(log.warningCount.grouped). Check them, and accept them if they are correct."
        }
    }
}
