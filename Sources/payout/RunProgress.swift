import Foundation
import PaymentValues
import Payouts
import Processing

/// Where a run stands, followed from what is on disk, and how it is told in one line. Pure but for the time it is told.
struct RunProgress: Sendable {
    private var totals: [PayoutState: ControlTotals]
    private let file: ControlTotals
    private let startedAt: Duration
    private var settledHere = 0

    init(of file: ControlTotals, standing totals: [PayoutState: ControlTotals], at uptime: Duration) {
        self.totals = totals
        self.file = file
        startedAt = uptime
    }

    mutating func take(_ move: PayoutMove) {
        change(move.from, rows: -1, tiyin: -move.amount.count)
        change(move.to, rows: 1, tiyin: move.amount.count)
        if move.from == .sending, move.to != .queued { settledHere += 1 }
    }

    private mutating func change(_ state: PayoutState, rows: Int, tiyin: Int64) {
        let old = totals[state] ?? .zero
        // The sums are parts of the file's total, which was checked for overflow.
        totals[state] = ControlTotals(rows: old.rows + rows, sum: Tiyin(old.sum.count + tiyin))
    }

    private func rows(_ state: PayoutState) -> Int { totals[state]?.rows ?? 0 }

    /// Rows a second that this run settled.
    private func rate(at uptime: Duration) -> Double {
        let seconds = (uptime - startedAt) / .seconds(1)
        return seconds > 0 ? Double(settledHere) / seconds : 0
    }

    /// `paid 120 of 500 (1 234 567,00 so'm), refused 3, unknown 1, 31 rows/s, 00:12 left`
    func line(at uptime: Duration) -> String {
        let left = rows(.queued) + rows(.sending)
        let rate = rate(at: uptime)
        var parts = [
            "paid \(rows(.paid)) of \(file.rows) (\(totals[.paid]?.sum ?? .zero) so'm)",
            "refused \(rows(.refused))", "unknown \(rows(.unknown))",
        ]
        if rows(.review) > 0 { parts.append("for review \(rows(.review))") }
        if settledHere > 0 { parts.append("\(Self.number(rate)) rows/s") }
        if left > 0, rate > 0 {
            let seconds = Int((Double(left) / rate).rounded(.up))
            let remainder = seconds % 60
            parts.append("\(seconds / 60):\(remainder < 10 ? "0" : "")\(remainder) left")
        }
        return parts.joined(separator: ", ")
    }

    /// The line behind a bar of the given width.
    func bar(width: Int, at uptime: Duration) -> String {
        let done = file.rows - rows(.queued) - rows(.sending)
        let filled = file.rows > 0 ? done * width / file.rows : width
        return "[" + String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled) + "] "
            + line(at: uptime)
    }

    private static func number(_ rate: Double) -> String {
        rate < 10 ? "\((rate * 10).rounded() / 10)" : "\(Int(rate.rounded()))"
    }
}
