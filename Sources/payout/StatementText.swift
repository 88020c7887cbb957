import Foundation
import Payouts

/// How a batch stands, as lines for a terminal: the closing proof.
struct StatementText {
    let text: String

    init(of statement: BatchStatement) {
        let unknown = ControlTotals(
            rows: statement[.unknown].rows + statement[.sending].rows,
            // Parts of the file's total, which was checked for overflow.
            sum: Tiyin(statement[.unknown].sum.count + statement[.sending].sum.count))
        let parts: [(String, ControlTotals)] = [
            ("paid", statement[.paid]), ("refused", statement[.refused]), ("unknown", unknown),
            ("for review", statement[.review]), ("not sent", statement.notSent), ("withdrawn", statement[.withdrawn]),
        ]
        var lines = [
            "batch “\(statement.reference)” from \(statement.fileName), bank: \(statement.bank ?? "not sent yet")"
        ]
        lines += parts.map(Self.line)
        lines.append(Self.line("file", statement.file))
        lines.append(statement.addsUp ? "  it adds up" : "  IT DOES NOT ADD UP: do not use this ledger, and keep it")
        if statement.commission > .zero { lines.append("  commission: \(statement.commission) so'm") }
        if let pause = statement.pause { lines.append("  paused: \(pause.code)") }
        text = lines.joined(separator: "\n")
    }

    private static func line(_ name: String, _ totals: ControlTotals) -> String {
        let label = name.padding(toLength: 11, withPad: " ", startingAt: 0)
        return "  \(label)\(pad(String(totals.rows), 9)) rows \(pad(totals.sum.description, 26)) so'm"
    }

    private static func pad(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(width - text.count, 0)) + text
    }
}
