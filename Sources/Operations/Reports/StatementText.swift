import Foundation
package import PaymentValues
package import Payouts

/// The totals of a batch by state, as lines for a terminal: the balance check.
package struct StatementText {
    package let text: String

    package static let names: [PayoutState: String] = [
        .paid: "paid", .refused: "refused", .unknown: "unknown", .review: "in dispute", .queued: "not sent",
        .withdrawn: "withdrawn",
    ]

    /// Makes the text.
    /// - Parameter bank: the bank's name for people.
    /// - Throws: `Tiyin.Overflow`. Only a damaged ledger causes it.
    package init(of statement: BatchStatement, bank: String) throws(Tiyin.Overflow) {
        var lines = [
            "batch “\(statement.reference)” from \(statement.fileName.showingAll), bank: \(bank)"
        ]
        for (state, totals) in try statement.parts {
            lines.append(Self.line(Self.names[state] ?? state.rawValue, totals))
        }
        lines.append(Self.line("file", statement.file))
        if statement.corrections.rows > 0 {
            let change = ControlTotals(rows: statement.corrections.rows, sum: statement.corrections.change)
            lines.append(Self.line("corrections", change))
            lines.append(Self.line("to pay", try statement.toPay))
        }
        lines.append(statement.addsUp ? "  balanced" : "  NOT BALANCED: keep this ledger, but do not use it")
        if statement.commission > .zero { lines.append("  commission: \(statement.commission) so‘m") }
        switch statement.approval {
        case .notNeeded: break
        case .missing(let by) where by.isEmpty: lines.append("  not approved yet")
        case .missing(let by):
            lines.append("  approved by \(by.joined(separator: ", ")), but more people must approve it")
        case .given(let by): lines.append("  approved by \(by.joined(separator: ", "))")
        case .rejected(let who, let note): lines.append("  rejected by \(who): \(note)")
        }
        if let pause = statement.pause { lines.append("  paused: \(pause.code)") }
        text = lines.joined(separator: "\n")
    }

    private static func line(_ name: String, _ totals: ControlTotals) -> String {
        let label = name.padding(toLength: 11, withPad: " ", startingAt: 0)
        return "  \(label)\(pad(String(totals.rows), 9)) rows \(pad(totals.sum.description, 26)) so‘m"
    }

    private static func pad(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(width - text.count, 0)) + text
    }
}
