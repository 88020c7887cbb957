import Operations
import PaymentValues
import Payouts
import Testing

/// The progress of a run in numbers.
@Suite struct RunProgressTests {
    @Test func rowsThatAnEarlierRunLeftOnTheirWayCountAsUnknown() {
        let file = ControlTotals(rows: 20, sum: Tiyin(2000))
        let left = ControlTotals(rows: 13, sum: Tiyin(1300))
        let queued = ControlTotals(rows: 7, sum: Tiyin(700))
        let progress = RunProgress(of: file, standing: [.sending: left, .queued: queued], at: .zero)
        #expect(progress[.unknown] == left && progress[.sending] == .zero && progress[.queued] == queued)
    }
}
