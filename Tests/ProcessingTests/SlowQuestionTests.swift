import Fixtures
import Foundation
import Payouts
import Testing

@testable import Bookkeeping
@testable import Processing

/// Time passes, or the clock is set, between a question to the bank and its answer.
@Suite struct SlowQuestionTests {
    static let lost = Outcome.unknown(Reason(.connectionLost))
    static let notFound = StatusFinding.notFound(Reason(.notFoundAtBank))

    /// Loses the only send, and lets the bank say twice that it does not know the payout. Then asks once more.
    ///
    /// - Parameters:
    ///   - moment: the time of the last question, in seconds after the send. The quiet period ends at 660.
    ///   - during: what happens before its answer is here.
    private func ask(at moment: Int, during: @escaping @Sendable (TestTime) -> Void) async throws -> RunFixture {
        let fixture = try RunFixture(rows: 1)
        let time = fixture.time
        let bank = ScriptedBank(
            pay: { _, _ in Self.lost },
            status: { _, asking in
                if asking == 4 { during(time) }
                return asking < 5 ? Self.notFound : .noAnswer(Reason(.noAnswerInTime))
            })
        try await fixture.run(bank)
        time.advance(by: .seconds(200))
        try await fixture.run(bank)
        time.advance(by: .seconds(moment) - time.passed)
        try await fixture.run(bank)
        #expect(bank.seen.askings.count >= 4)
        return fixture
    }

    private func notFoundCount(_ fixture: RunFixture) throws -> Int? {
        try fixture.ledger.unknowns(in: try fixture.ledger.batch(named: "payroll").id).first?.notFoundCount
    }

    @Test func notFoundCountsIfTheQuestionWasAskedAfterTheQuietPeriod() async throws {
        let fixture = try await ask(at: 660) { $0.advance(by: .seconds(20)) }
        #expect(try notFoundCount(fixture) == 1)
    }

    @Test func notFoundProvesNothingIfOnlyTheAnswerCameAfterTheQuietPeriod() async throws {
        let fixture = try await ask(at: 650) { $0.advance(by: .seconds(20)) }
        #expect(try notFoundCount(fixture) == 0)
    }

    @Test func notFoundProvesNothingIfTheClockWasSetDuringTheQuestion() async throws {
        let fixture = try await ask(at: 400) { $0.setClock(forwardBy: .seconds(7200)) }
        #expect(try notFoundCount(fixture) == 0)
    }

    /// - Parameter during: what happens while the bank is asked before the row is sent again.
    private func rerun(at moment: Int, during: @escaping @Sendable (TestTime) -> Void) async throws -> Rerun.Answer? {
        let fixture = try RunFixture(rows: 1)
        let time = fixture.time
        try await fixture.run(
            ScriptedBank(pay: { _, _ in Self.lost }, status: { _, _ in .noAnswer(Reason(.noAnswerInTime)) }))
        let batch = try fixture.ledger.batch(named: "payroll").id
        try fixture.ledger.decide(row: 2, of: batch, isPaid: false, note: "the bank's letter")
        time.advance(by: .seconds(moment) - time.passed)
        let bank = ScriptedBank(status: { _, _ in
            during(time)
            return Self.notFound
        })
        return try await Rerun(
            ledger: fixture.ledger, commits: CommitQueue(ledger: fixture.ledger), bank: bank,
            policy: ReconciliationPolicy(hardTimeout: .seconds(60), quietPeriod: .seconds(600), whenNotFound: .review),
            time: time.source
        ).rerun(batch)[2]
    }

    @Test func aRowIsSentAgainOnlyIfTheBankWasAskedAfterTheQuietPeriod() async throws {
        let early = try await rerun(at: 650) { $0.advance(by: .seconds(20)) }
        #expect(early == .tooEarly(until: Samples.noon.addingTimeInterval(660)))
        #expect(try await rerun(at: 660) { $0.advance(by: .seconds(20)) } == .queued)
    }

    @Test func aRowIsNotSentAgainIfTheClockWasSetDuringTheQuestion() async throws {
        let answer = try await rerun(at: 400) { $0.setClock(forwardBy: .seconds(7200)) }
        #expect(answer == .tooEarly(until: Samples.noon.addingTimeInterval(400 + 7200 + 600)))
    }
}
