package import PaymentValues
package import PayoutFiles
package import Payouts
import Reports

/// The totals of a file or batch before anything is sent, as lines for a terminal.
package struct TotalsText {
    package let text: String

    /// Makes the text for a batch.
    package init(of batch: BatchReference, toSend: ControlTotals, accounts: [SettlementAccount], in language: Language)
    {
        let words = TextCatalogue.ofCommands(language)
        let title = words("totals.toSend", ["batch": batch.name])
        text = ([title] + Self.lines(toSend, accounts, words)).joined(separator: "\n")
    }

    package init(of file: PayoutFile, in language: Language) {
        let words = TextCatalogue.ofCommands(language)
        let title = words(file.isPayable ? "totals.file" : "totals.partOfFile", ["name": file.name.showingAll])
        var lines = [title] + Self.lines(file.totals, file.accounts, words)
        if let open = file.openUnit {
            lines.append("  " + words("totals.ifSom", ["sum": open.som.description]))
            if let tiyin = open.tiyin { lines.append("  " + words("totals.ifTiyin", ["sum": tiyin.description])) }
        }
        let format = Self.text(of: file.format, words)
        let columns = file.ignoredColumns.joined(separator: ", ")
        lines.append(
            Self.line(
                words("totals.readAs"),
                columns.isEmpty ? format : words("totals.notUsed", ["format": format, "columns": columns]), words))
        if !file.passedOver.isEmpty {
            let rows = file.passedOver.prefix(10).map {
                words("totals.passedOverRow", ["row": String($0.row), "what": Self.text(of: $0.kind, words)])
            }
            let more = file.passedOver.count > 10 ? ", …" : ""
            lines.append("  " + words("totals.passedOver", ["rows": rows.joined(separator: ", ") + more]))
        }
        text = lines.joined(separator: "\n")
    }

    private static func lines(
        _ totals: ControlTotals, _ accounts: [SettlementAccount], _ words: TextCatalogue
    ) -> [String] {
        let shown = accounts.prefix(10).map(\.digits).joined(separator: ", ")
        return [
            line(words("totals.rows"), String(totals.rows), words),
            line(
                words("totals.sum"),
                words("totals.amount", ["sum": totals.sum.description, "tiyin": String(totals.sum.count)]), words),
            line(words("totals.accounts"), shown + (accounts.count > 10 ? ", …" : ""), words),
        ]
    }

    private static func line(_ label: String, _ value: String, _ words: TextCatalogue) -> String {
        let labels = ["totals.rows", "totals.sum", "totals.accounts", "totals.readAs"]
        let width = labels.map { words($0).count }.max() ?? 0
        return "  " + label + String(repeating: " ", count: width + 1 - label.count) + value
    }

    private static func text(of format: PayoutFileFormat, _ words: TextCatalogue) -> String {
        switch format {
        case .text(let encoding, let delimiter):
            words("totals.text", ["encoding": encoding.rawValue, "delimiter": text(of: delimiter, words)])
        case .other: words("totals.noTable")
        case .workbook(nil): words("totals.workbook")
        case .workbook(let sheet?): words("totals.sheet", ["sheet": sheet])
        }
    }

    private static func text(of delimiter: Delimiter, _ words: TextCatalogue) -> String {
        switch delimiter {
        case .comma: words("totals.comma")
        case .semicolon: words("totals.semicolon")
        case .tab: words("totals.tab")
        }
    }

    private static func text(of kind: PassedOver.Kind, _ words: TextCatalogue) -> String {
        switch kind {
        case .title: words("totals.title")
        case .secondHeader: words("totals.secondHeader")
        case .total(agrees: true): words("totals.totalAgrees")
        case .total(agrees: false): words("totals.totalWithoutSum")
        case .note: words("totals.note")
        }
    }
}
