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

    /// - Parameter sent: in seconds after noon, like all moments here.
    private func unknown(
        sent: TimeInterval? = 0, asked: TimeInterval? = nil, count: Int = 0, quietSince: TimeInterval? = nil
    ) -> UnknownPayout {
        UnknownPayout(
            attempt: AttemptKey(batch: BatchID(number: 1), row: 2, id: AgentTransactionID(mapping: 0)),
            amount: Tiyin(100), reason: nil, lastSentAt: sent.map(Samples.noon.addingTimeInterval),
            quietSince: quietSince.map(Samples.noon.addingTimeInterval),
            lastAskedAt: asked.map(Samples.noon.addingTimeInterval), notFoundCount: count)
    }

    private func judge(_ payout: UnknownPayout, after seconds: TimeInterval) -> ReconciliationPolicy.Verdict {
        policy.judge(Self.notFound, of: payout, at: Samples.noon.addingTimeInterval(seconds))
    }

    @Test func notFoundProvesNothingBeforeTheQuietPeriodThatFollowsTheHardTimeout() {
        #expect(judge(unknown(), after: 659) == .keepAsking(notFoundCount: 0, quietSince: nil))
        #expect(judge(unknown(), after: 660) == .keepAsking(notFoundCount: 1, quietSince: nil))
        #expect(judge(unknown(asked: 300, count: 5), after: 659) == .keepAsking(notFoundCount: 0, quietSince: nil))
    }

    @Test func queriesInQuickSuccessionCountOnce() {
        #expect(judge(unknown(asked: 700, count: 1), after: 710) == .keepAsking(notFoundCount: 1, quietSince: nil))
        #expect(judge(unknown(asked: 700, count: 1), after: 850) == .keepAsking(notFoundCount: 2, quietSince: nil))
    }

    @Test func queriesAreSpacedByAQuarterOfTheQuietPeriod() {
        #expect(judge(unknown(asked: 700, count: 1), after: 849.9) == .keepAsking(notFoundCount: 1, quietSince: nil))
        #expect(judge(unknown(asked: 700, count: 1), after: 850) == .keepAsking(notFoundCount: 2, quietSince: nil))
    }

    @Test func theThirdQueryThatFindsNothingSettlesTheRow() {
        #expect(
            judge(unknown(asked: 50_000, count: 2), after: 100_000)
                == .settle(.review(Reason(.notFoundAtBank, httpStatus: 404))))
    }

    /// A ledger that was rebuilt does not know when the lost ledger sent.
    @Test func ifNoSendIsKnownThreeQueriesAreEnough() {
        #expect(
            judge(unknown(sent: nil, asked: 1, count: 2), after: 200)
                == .settle(.review(Reason(.notFoundAtBank, httpStatus: 404))))
        #expect(
            judge(unknown(sent: nil), after: 1)
                == .keepAsking(notFoundCount: 0, quietSince: Samples.noon.addingTimeInterval(1)))
    }

    /// The third query came too soon after the second.
    @Test func aQueryThatDoesNotCountSettlesNothing() {
        #expect(
            judge(unknown(asked: 99_990, count: 2), after: 100_000) == .keepAsking(notFoundCount: 2, quietSince: nil))
    }

    @Test func threeQueriesAreNeededHoweverLongItHasBeen() {
        #expect(judge(unknown(), after: 100_000) == .keepAsking(notFoundCount: 1, quietSince: nil))
        #expect(
            judge(unknown(asked: 50_000, count: 1), after: 100_000) == .keepAsking(notFoundCount: 2, quietSince: nil))
    }

    @Test func aClockThatWasSetBackStartsTheQuietPeriodAgain() {
        let back = Samples.noon.addingTimeInterval(-3600)
        #expect(judge(unknown(asked: 900, count: 2), after: -3600) == .keepAsking(notFoundCount: 0, quietSince: back))
        let later = judge(unknown(asked: 500, count: 5, quietSince: 400), after: 900)
        #expect(later == .keepAsking(notFoundCount: 0, quietSince: Samples.noon.addingTimeInterval(400)))
    }

    @Test func anyMomentThatLiesAheadShowsThatTheClockWasSetBack() {
        let now = Samples.noon.addingTimeInterval(100)
        for payout in [unknown(asked: 101, count: 5), unknown(asked: 1, count: 5, quietSince: 101)] {
            #expect(judge(payout, after: 100) == .keepAsking(notFoundCount: 0, quietSince: now))
        }
        #expect(judge(unknown(asked: 700, count: 2), after: 700) == .keepAsking(notFoundCount: 2, quietSince: nil))
    }

    @Test func theQuietPeriodIsCountedFromTheLastSendOrTheLastStepOfTheClockWhicheverIsLater() {
        func end(_ lastSentAt: TimeInterval?, _ quietSince: TimeInterval?) -> TimeInterval? {
            policy.endOfQuiet(
                lastSentAt: lastSentAt.map(Samples.noon.addingTimeInterval),
                quietSince: quietSince.map(Samples.noon.addingTimeInterval))?.timeIntervalSince(Samples.noon)
        }
        #expect(end(0, nil) == 660)
        #expect(end(0, 59) == 660)
        #expect(end(0, 61) == 661)
        #expect(end(nil, 5) == 605)
        #expect(end(nil, nil) == nil)
    }

    @Test func resendIsChosenOnlyByTheOperator() {
        var resending = policy
        resending.whenNotFound = .resend
        let verdict = resending.judge(
            Self.notFound, of: unknown(asked: 300, count: 5), at: Samples.noon.addingTimeInterval(700))
        #expect(verdict == .settle(.requeued(Reason(.notFoundAtBank, httpStatus: 404))))
    }

    @Test(arguments: [nil, TimeInterval(400)])
    func aBankThatDoesNotAnswerIsAskedAgain(quietSince: TimeInterval?) {
        #expect(
            policy.judge(
                .noAnswer(Reason(.connectionLost)), of: unknown(asked: 1, count: 2, quietSince: quietSince),
                at: Samples.noon.addingTimeInterval(90_000))
                == .keepAsking(notFoundCount: 2, quietSince: quietSince.map(Samples.noon.addingTimeInterval)))
    }

    @Test(arguments: [nil, TimeInterval(400)])
    func afterTheBankFoundThePayoutThreeMoreNotFoundAnswersAreNeeded(quietSince: TimeInterval?) {
        #expect(
            policy.judge(
                .inProgress(Reason(.inProgress)), of: unknown(asked: 1, count: 2, quietSince: quietSince),
                at: Samples.noon.addingTimeInterval(90_000))
                == .keepAsking(notFoundCount: 0, quietSince: quietSince.map(Samples.noon.addingTimeInterval)))
    }

    @Test func aDecidedAnswerSettlesTheRowAtOnce() {
        let reason = Reason(.failedAtBank, httpStatus: 200)
        func judge(_ finding: StatusFinding) -> ReconciliationPolicy.Verdict {
            policy.judge(finding, of: unknown(), at: Samples.noon)
        }
        #expect(judge(.paid(Samples.receipt)) == .settle(.paid(Samples.receipt)))
        #expect(judge(.notPaid(reason)) == .settle(.refused(reason)))
        #expect(judge(.needsHuman(reason)) == .settle(.review(reason)))
    }
}
