package import PaymentValues
package import Payouts
package import Reports

/// The totals of a batch by state, as lines for a terminal: the balance check.
package struct StatementText {
    package let text: String

    /// Makes the text.
    /// - Parameter report: names the bank and the reasons in the reader's language.
    /// - Throws: `Tiyin.Overflow`. Only a damaged ledger causes it.
    package init(of statement: BatchStatement, _ report: Report) throws(Tiyin.Overflow) {
        let words = TextCatalogue.ofCommands(report.language)
        let table = Table(report)
        var lines = [
            words(
                "statement.title",
                [
                    "batch": statement.reference.name, "file": statement.fileName.showingAll,
                    "bank": report.name(ofBank: statement.bank),
                ])
        ]
        for (state, totals) in try statement.parts { lines.append(table.line(report.name(of: state), totals)) }
        lines.append(table.line(words("statement.file"), statement.file))
        if statement.corrections.rows > 0 {
            let change = ControlTotals(rows: statement.corrections.rows, sum: statement.corrections.change)
            lines.append(table.line(words("statement.corrections"), change))
            lines.append(table.line(words("statement.toPay"), try statement.toPay))
        }
        var remarks = [words(statement.addsUp ? "statement.balanced" : "statement.notBalanced")]
        if statement.commission > .zero {
            remarks.append(words("statement.commission", ["sum": statement.commission.description]))
        }
        remarks += Self.text(of: statement.approval, words).map { [$0] } ?? []
        if let pause = statement.pause {
            remarks.append(
                words("statement.paused", ["code": pause.code.rawValue, "reason": report.text(of: pause)]))
        }
        text = (lines + remarks.map { "  " + $0 }).joined(separator: "\n")
    }

    private static func text(of approval: BatchStatement.Approval, _ words: TextCatalogue) -> String? {
        switch approval {
        case .notNeeded: nil
        case .missing(let by) where by.isEmpty: words("statement.notApproved")
        case .missing(let by): words("statement.moreMustApprove", ["who": by.joined(separator: ", ")])
        case .given(let by): words("statement.approved", ["who": by.joined(separator: ", ")])
        case .rejected(let who, let note): words("statement.rejected", ["who": who, "note": note])
        }
    }

    /// The columns of the table.
    private struct Table {
        private let words: TextCatalogue
        private let labelWidth, rowsWidth: Int

        init(_ report: Report) {
            words = TextCatalogue.ofCommands(report.language)
            let labels =
                PayoutState.allCases.map(report.name(of:))
                + [words("statement.file"), words("statement.corrections"), words("statement.toPay")]
            labelWidth = labels.map(\.count).max() ?? 0
            rowsWidth = words.forms("statement.rows").map(\.count).max() ?? 0
        }

        func line(_ label: String, _ totals: ControlTotals) -> String {
            let count = Self.right(totals.rows.description, 9)
            let rows = Self.left(words("statement.rows", count: totals.rows), rowsWidth)
            let sum = Self.right(totals.sum.description, 26)
            return "  \(Self.left(label, labelWidth))\(count) \(rows) \(sum) \(words("statement.som"))"
        }

        private static func left(_ text: String, _ width: Int) -> String {
            text + String(repeating: " ", count: max(width - text.count, 0))
        }

        private static func right(_ text: String, _ width: Int) -> String {
            String(repeating: " ", count: max(width - text.count, 0)) + text
        }
    }
}
