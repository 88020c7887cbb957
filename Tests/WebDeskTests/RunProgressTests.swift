import Bookkeeping
import Payouts
import Processing
import Testing

@testable import payout

/// How a run goes on, in numbers.
@Suite struct RunProgressTests {
    @Test func rowsThatAnEarlierRunLeftOnTheirWayCountAsUnknown() {
        let file = ControlTotals(rows: 20, sum: Tiyin(2000))
        let left = ControlTotals(rows: 13, sum: Tiyin(1300))
        let progress = RunProgress(
            of: file, standing: [.sending: left, .queued: ControlTotals(rows: 7, sum: Tiyin(700))], at: .zero)
        #expect(progress.line(at: .zero).contains("unknown 13"))
    }
}
