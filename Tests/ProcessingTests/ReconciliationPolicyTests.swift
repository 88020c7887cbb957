import Fixtures
import Foundation
import PaymentValues
import Payouts
import Testing

@testable import Bookkeeping
@testable import Processing

@Suite struct ReconciliationPolicyTests {
    static let notFound = StatusFinding.notFound(Reason(ReasonCode(rawValue: "object_not_found"), httpStatus: 404))
    let policy = ReconciliationPolicy(hardTimeout: .seconds(60), quietPeriod: .seconds(600), whenNotFound: .review)

    /// Sent at noon.
    private func unknown(asked: TimeInterval? = nil, count: Int = 0, quietSince: TimeInterval? = nil) -> UnknownPayout {
        UnknownPayout(
            attempt: AttemptKey(batch: BatchID(number: 1), row: 2, id: AgentTransactionID(mapping: 0)),
            amount: Tiyin(100), reason: nil, lastSentAt: Samples.noon,
            quietSince: quietSince.map(Samples.noon.addingTimeInterval),
            lastAskedAt: asked.map(Samples.noon.addingTimeInterval), notFoundCount: count)
    }

    private func judge(_ payout: UnknownPayout, after seconds: TimeInterval) -> ReconciliationPolicy.Verdict {
        policy.judge(Self.notFound, of: payout, at: Samples.noon.addingTimeInterval(seconds))
    }

    @Test func notFoundProvesNothingBeforeTheQuietPeriodThatFollowsTheHardTimeout() {
        #expect(judge(unknown(asked: 300, count: 5), after: 659) == .keepAsking(notFoundCount: 6, quietSince: nil))
        guard case .settle(.review(let reason)) = judge(unknown(asked: 300, count: 5), after: 660) else {
            Issue.record("the quiet period is over, and a person should decide")
            return
        }
        #expect(reason.code == .notFoundAtBank)
    }

    @Test func askingsThatFollowEachOtherCloselyCountOnce() {
        #expect(judge(unknown(asked: 10, count: 1), after: 20) == .keepAsking(notFoundCount: 1, quietSince: nil))
        #expect(judge(unknown(asked: 10, count: 1), after: 160) == .keepAsking(notFoundCount: 2, quietSince: nil))
    }

    @Test func threeAskingsAreNeededHoweverLongItHasBeen() {
        #expect(judge(unknown(), after: 100_000) == .keepAsking(notFoundCount: 1, quietSince: nil))
        #expect(
            judge(unknown(asked: 50_000, count: 1), after: 100_000) == .keepAsking(notFoundCount: 2, quietSince: nil))
    }

    @Test func aClockThatWasSetBackStartsTheQuietPeriodAnew() {
        let back = Samples.noon.addingTimeInterval(-3600)
        #expect(judge(unknown(asked: 900, count: 2), after: -3600) == .keepAsking(notFoundCount: 1, quietSince: back))
        let later = judge(unknown(asked: 500, count: 5, quietSince: 400), after: 900)
        #expect(later == .keepAsking(notFoundCount: 6, quietSince: Samples.noon.addingTimeInterval(400)))
    }

    @Test func resendIsChosenOnlyByTheOperator() {
        var resending = policy
        resending.whenNotFound = .resend
        let verdict = resending.judge(
            Self.notFound, of: unknown(asked: 300, count: 5), at: Samples.noon.addingTimeInterval(700))
        guard case .settle(.requeued) = verdict else {
            Issue.record("\(verdict)")
            return
        }
    }

    @Test func aBankThatDoesNotAnswerIsAskedAgain() {
        #expect(
            policy.judge(
                .noAnswer(Reason(.connectionLost)), of: unknown(asked: 1, count: 2),
                at: Samples.noon.addingTimeInterval(90_000)) == .keepAsking(notFoundCount: 2, quietSince: nil))
    }

    @Test func aBankThatKnowsThePayoutAfterAllHasToNotFindItThreeTimesAnew() {
        #expect(
            policy.judge(
                .inProgress(Reason(.inProgress)), of: unknown(asked: 1, count: 2),
                at: Samples.noon.addingTimeInterval(90_000)) == .keepAsking(notFoundCount: 0, quietSince: nil))
    }
}
