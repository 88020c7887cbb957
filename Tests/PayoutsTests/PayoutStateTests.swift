import Payouts
import Testing

@Suite struct PayoutStateTests {
    @Test func anIndexIsThePlaceAmongAllCases() {
        #expect(PayoutState.allCases.map(\.index) == Array(PayoutState.allCases.indices))
    }
}
