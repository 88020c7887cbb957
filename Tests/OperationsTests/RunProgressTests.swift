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

    @Test func theBarShowsTheShareOfRowsThatAreDone() {
        let file = ControlTotals(rows: 4, sum: Tiyin(400_000))
        let paid = ControlTotals(rows: 1, sum: Tiyin(123_456))
        let queued = ControlTotals(rows: 3, sum: Tiyin(276_544))
        let progress = RunProgress(of: file, standing: [.paid: paid, .queued: queued], at: .zero)
        #expect(
            progress.bar(width: 8, at: .seconds(2), in: .en)
                == "[##......] paid 1 of 4 (\(paid.sum) so‘m), refused 0, unknown 0")
    }
}
