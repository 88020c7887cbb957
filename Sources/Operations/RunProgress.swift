import PaymentValues
package import Payouts
package import Processing

/// The progress of a run, computed from the committed moves.
package struct RunProgress: Sendable {
    /// The totals, indexed by ``PayoutState/index``.
    private var totals: [ControlTotals]
    package let file: ControlTotals
    /// The number of rows that this run settled.
    package private(set) var settledHere = 0
    private let startedAt: Duration

    /// Starts with the totals of a batch.
    /// - Parameter totals: the totals by state, read under the runner lock. A row in *sending* is left from an earlier
    ///   run. This run first makes it *unknown*.
    package init(of file: ControlTotals, standing totals: [PayoutState: ControlTotals], at uptime: Duration) {
        self.totals = PayoutState.allCases.map { $0 == .sending ? .zero : totals[$0] ?? .zero }
        self.file = file
        startedAt = uptime
        let left = totals[.sending] ?? .zero
        change(.unknown, rows: left.rows, tiyin: left.sum.count)
    }

    package mutating func take(_ move: PayoutMove) {
        change(move.from, rows: -1, tiyin: -move.amount.count)
        change(move.to, rows: 1, tiyin: move.amount.count)
        if move.from == .sending, move.to != .queued { settledHere += 1 }
    }

    package subscript(state: PayoutState) -> ControlTotals { totals[state.index] }

    /// Returns the rows per second that this run settled.
    package func rate(at uptime: Duration) -> Double {
        let seconds = (uptime - startedAt) / .seconds(1)
        return seconds > 0 ? Double(settledHere) / seconds : 0
    }

    private mutating func change(_ state: PayoutState, rows: Int, tiyin: Int64) {
        let old = self[state]
        // This cannot overflow: the sums are parts of the file's total, which was checked.
        totals[state.index] = ControlTotals(rows: old.rows + rows, sum: Tiyin(old.sum.count + tiyin))
    }
}
