import Payouts
import Testing

@testable import Processing

@Suite struct PacingTests {
    static let paid = Outcome.paid(BankReceipt(bmID: 1))
    static let busy = Outcome.notProcessed(Reason(.tooManyRequests, httpStatus: 429), .afterBackoff(atLeastSeconds: 1))
    static let broken = Outcome.unknown(Reason(.answerNotCatalogued, httpStatus: 503))

    /// Plays one round: every allowed request is sent now and answered after the same time.
    private func round(_ pacing: inout Pacing, at start: Double, _ outcome: Outcome, took: Double = 0.1) {
        for _ in 0..<pacing.allowed {
            pacing.take(outcome, sentAt: .seconds(start), now: .seconds(start + took))
        }
    }

    @Test func aRunStartsWithAllItsRequestsAndNeverHasMore() {
        var pacing = Pacing(limit: 16, softTimeout: .seconds(15))
        #expect(pacing.allowed == 16)
        for start in 0..<100 { round(&pacing, at: Double(start), Self.paid) }
        #expect(pacing.allowed == 16)
    }

    @Test(arguments: [busy, broken, .unknown(Reason(.noAnswerInTime)), .unknown(Reason(.connectionLost))])
    func anOverloadedBankGetsHalfOnceForEachRoundAndAtLeastOne(outcome: Outcome) {
        var pacing = Pacing(limit: 16, softTimeout: .seconds(15))
        var seen: [Int] = []
        for start in 0..<6 {
            round(&pacing, at: Double(start), outcome)
            seen.append(pacing.allowed)
        }
        #expect(seen == [8, 4, 2, 1, 1, 1])
    }

    @Test func aBankThatHasRecoveredGetsOneMoreEachRound() {
        var pacing = Pacing(limit: 16, softTimeout: .seconds(15))
        for start in 0..<3 { round(&pacing, at: Double(start), Self.busy) }
        #expect(pacing.allowed == 2)
        for start in 3..<6 { round(&pacing, at: Double(start), Self.paid) }
        #expect((4...5).contains(pacing.allowed))
        for start in 6..<40 { round(&pacing, at: Double(start), Self.paid) }
        #expect(pacing.allowed == 16)
    }

    @Test func aSlowerBankGetsFewerRequestsUntilThatIsUsual() {
        var pacing = Pacing(limit: 16, softTimeout: .seconds(15))
        for start in 0..<5 { round(&pacing, at: Double(start), Self.paid, took: 0.1) }
        for start in 5..<8 { round(&pacing, at: Double(start) * 10, Self.paid, took: 2) }
        #expect(pacing.allowed == 2)
        for start in 8..<200 { round(&pacing, at: Double(start) * 10, Self.paid, took: 2) }
        #expect(pacing.allowed == 16)
    }

    @Test func anAnswerBeyondTheSoftTimeoutIsAlwaysSlow() {
        var pacing = Pacing(limit: 16, softTimeout: .seconds(15))
        round(&pacing, at: 0, Self.paid, took: 16)
        #expect(pacing.allowed == 8)
    }

    @Test func outcomesThatSayNothingAboutTheLoadChangeNothing() {
        var pacing = Pacing(limit: 8, softTimeout: .seconds(15))
        round(&pacing, at: 0, .notProcessed(Reason(.signInRefused, httpStatus: 401), .afterLogin))
        round(&pacing, at: 1, .refusedForEveryone(Reason(.bankUnreachable), mayBePaid: false))
        #expect(pacing.allowed == 8)
    }
}
