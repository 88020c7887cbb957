import Bookkeeping
import PaymentValues
package import Payouts
import Reports
import Statements

/// The result of a statement reconciliation as text for a terminal.
package struct BankStatementText {
    /// The largest number of lines and payouts to show for each outcome.
    private static let shown = 20

    package let text: String

    package init(_ result: AgreeStatement.Result, language: Language) {
        let words = StatementWords.of(language)
        let (statement, agreement) = (result.statement, result.agreement)
        var rows: [(String, String, String)] = [("", words.lines, words.sum)]
        let balances = statement.balances
        for (name, sum) in [
            (words.opening, balances.opening), (words.credits, balances.credits), (words.debits, balances.debits),
            (words.closing, balances.closing),
        ] {
            rows.append((name, "", sum.description))
        }
        for outcome in MatchOutcome.allCases where outcome != .open {
            let tally = agreement.shown(outcome)
            rows.append((words.name(outcome), String(tally.count), tally.sum.description))
        }
        rows.append(
            (words.foreignCredits, String(agreement.foreignCredits.count), agreement.foreignCredits.sum.description))
        var lines = [
            words.filled(
                words.title,
                [
                    "account": statement.account.digits, "from": statement.period.lowerBound.description,
                    "to": statement.period.upperBound.description,
                ])
        ]
        let widths = [rows.map(\.0.count).max() ?? 0, rows.map(\.1.count).max() ?? 0, rows.map(\.2.count).max() ?? 0]
        for row in rows {
            lines.append(
                "  " + Self.padded(row.0, widths[0]) + "  " + Self.padded(row.1, widths[1], isRight: true) + "  "
                    + Self.padded(row.2, widths[2], isRight: true))
        }
        if result.agreedBefore != nil { lines.append(words.agreedBefore) }
        lines.append(agreement.isComplete ? words.complete : words.incomplete)
        lines += Self.questions(result, words)
        text = lines.joined(separator: "\n")
    }

    private static func questions(_ result: AgreeStatement.Result, _ words: StatementWords) -> [String] {
        var byOutcome: [MatchOutcome: [String]] = [:]
        var counts: [MatchOutcome: Int] = [:]
        func add(_ outcome: MatchOutcome, _ text: @autoclosure () -> String) {
            counts[outcome, default: 0] += 1
            if counts[outcome, default: 0] <= shown { byOutcome[outcome, default: []].append(text()) }
        }
        func place(_ payout: Agreement.Payout) -> String {
            "\(result.batches[payout.batch]?.name ?? ""), \(words.row) \(payout.row)"
        }
        result.agreement.forEachLine { line in
            guard line.outcome != .agreed, line.outcome != .foreign else { return }
            let payouts = line.payouts.prefix(5).map(place).joined(separator: "; ")
            add(
                line.outcome,
                "\(words.line) \(line.place), \(line.day), \(words.document) \(line.document), \(line.amount)"
                    + (payouts.isEmpty ? "" : " — \(payouts)"))
        }
        result.agreement.forEachPayout { found in
            guard found.outcome == .paidNotOnStatement else { return }
            add(.paidNotOnStatement, "\(place(found.payout)), \(found.payout.amount)")
        }
        var lines: [String] = []
        for outcome in MatchOutcome.allCases {
            guard let texts = byOutcome[outcome] else { continue }
            lines.append("")
            lines.append("\(words.name(outcome)):")
            lines += texts.map { "  " + $0 }
            if let count = counts[outcome], count > shown {
                lines.append("  " + words.filled(words.more, ["n": String(count - shown)]))
            }
        }
        return lines
    }

    private static func padded(_ text: String, _ width: Int, isRight: Bool = false) -> String {
        let space = String(repeating: " ", count: max(0, width - text.count))
        return isRight ? space + text : text + space
    }
}

extension StatementPlace {
    /// Describes a payout's place: `on the statement of 30.11.2026, document 1234 (by the card)`.
    package func text(_ language: Language) -> String {
        let words = StatementWords.of(language)
        let place = words.filled(
            day == nil ? words.notOnStatement : words.onStatement,
            ["day": statementDay.description, "document": document])
        let found = words.evidence[evidence].map { "\(place) (\($0))" } ?? place
        return outcome == .agreed || outcome == .paidNotOnStatement ? found : "\(found): \(words.name(outcome))"
    }
}
