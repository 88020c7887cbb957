import Bookkeeping
import PaymentValues
package import Payouts
import Reports
import Statements

/// The result of a statement reconciliation as text for a terminal.
package struct BankStatementText {
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
        let missing = agreement.missingCommissions
        if missing.count > 0 { rows.append((words.missingCommissions, String(missing.count), missing.sum.description)) }
        rows.append(
            (words.foreignCredits, String(agreement.foreignCredits.count), agreement.foreignCredits.sum.description))
        var lines = [words.title(of: statement)]
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
        StatementQuestions(result).groups.flatMap { group in
            var lines = ["", "\(words.name(group.outcome)):"] + group.items.map { "  " + text($0, words) }
            let more = group.count - group.items.count
            if more > 0 { lines.append("  " + words.filled(words.more, ["n": String(more)])) }
            return lines
        }
    }

    private static func text(_ item: StatementQuestions.Item, _ words: StatementWords) -> String {
        let payouts = item.payouts.map { "\($0.batch?.name ?? ""), \(words.row) \($0.payout.row)" }
            .joined(separator: "; ")
        guard let line = item.line else {
            return "\(payouts), \(item.payouts.first?.payout.amount ?? .zero)"
        }
        return "\(words.line) \(line.place), \(line.day), \(words.document) \(line.document), \(line.amount)"
            + (payouts.isEmpty ? "" : " — \(payouts)")
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
