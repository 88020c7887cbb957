import Fixtures
import Foundation
import GRDB
import PaymentValues
import Payouts
import Testing

@testable import Bookkeeping
@testable import Processing

@Suite struct RerunTests {
    static let refusal = Reason(ReasonCode(rawValue: "card_not_active"), httpStatus: 400)

    private func rerun(
        _ fixture: RunFixture, _ bank: ScriptedBank, as correction: Correction? = nil
    ) async throws -> Rerun.Answer? {
        let rerun = Rerun(
            ledger: fixture.ledger, commits: CommitQueue(ledger: fixture.ledger), bank: bank,
            policy: ReconciliationPolicy(hardTimeout: .seconds(60), quietPeriod: .seconds(600), whenNotFound: .review),
            time: fixture.time.source)
        let corrections = correction.map { [2: $0] } ?? [:]
        return try await rerun.rerun(try fixture.ledger.batch(named: "payroll").id, correcting: corrections)[2]
    }

    @Test func aRefusedRowIsSentUnderANewIdAfterTheBankWasAskedAboutTheOldOne() async throws {
        let fixture = try RunFixture(rows: 1)
        let first = try fixture.firstID()
        let refusing = ScriptedBank(
            pay: { _, _ in .refused(Self.refusal) },
            status: { id, _ in id == first ? .notPaid(Reason(.failedAtBank)) : .notFound(Reason(.notFoundAtBank)) })
        try await fixture.run(refusing)
        #expect(try await rerun(fixture, refusing) == .queued)
        // It also asks about the next attempts, which a lost ledger may have sent.
        #expect(refusing.seen.askings.count == 3)
        #expect(refusing.seen.askings.first == first)
        let bank = ScriptedBank()
        try await fixture.run(bank)
        #expect(bank.seen.orders.count == 1)
        #expect(bank.seen.orders.first?.id != refusing.seen.orders.first?.id)
        #expect(try fixture.rows(.paid) == 1)
        #expect(try fixture.ledger.verify() == [])
    }

    @Test(arguments: [
        (StatusFinding.paid(BankReceipt(bmID: 7)), PayoutState.paid),
        (.inProgress(Reason(.inProgress)), .unknown), (.needsHuman(Reason(.unclearAtBank)), .review),
    ])
    func aBankThatWithdrawsItsRefusalIsTrustedAndNothingIsSent(finding: StatusFinding, state: PayoutState) async throws
    {
        let fixture = try RunFixture(rows: 1)
        let bank = ScriptedBank(pay: { _, _ in .refused(Self.refusal) }, status: { _, _ in finding })
        try await fixture.run(bank)
        #expect(try await rerun(fixture, bank) == .takenBack(state))
        #expect(try fixture.rows(state) == 1)
        #expect(try fixture.rows(.queued) == 0)
        #expect(try fixture.ledger.verify() == [])
    }

    /// The row then has the bank's reason, so only its history shows that a person decided otherwise.
    @Test func aDecisionThatTheBankContradictedStaysInTheHistory() async throws {
        let fixture = try RunFixture(rows: 1)
        let bank = ScriptedBank(
            pay: { _, _ in .unknown(Reason(.connectionLost)) }, status: { _, _ in .needsHuman(Reason(.unclearAtBank)) })
        try await fixture.run(bank)
        let batch = try fixture.ledger.batch(named: "payroll")
        try fixture.ledger.decide(row: 2, of: batch.id, isPaid: false, note: "the bank's letter 17")
        let contradicting = ScriptedBank(status: { _, _ in .paid(BankReceipt(bmID: 7)) })
        #expect(try await rerun(fixture, contradicting) == .takenBack(.paid))
        let actions = try fixture.ledger.report(on: batch.id) { try $0.history() }
        #expect(actions.contains { $0.to == .refused && $0.who == "tester" })
    }

    @Test func anAttemptOfALostLedgerIsFoundBeforeItIsMadeAgain() async throws {
        let fixture = try RunFixture(rows: 1)
        let first = try fixture.firstID()
        let second = try #require(
            try fixture.ledger.keysOfFurtherAttempts(
                atRow: 2, of: fixture.ledger.batch(named: "payroll").id, count: 1
            ).first?.id)
        let bank = ScriptedBank(
            pay: { _, _ in .refused(Self.refusal) },
            status: { id, _ in
                switch id {
                case first: .notPaid(Reason(.failedAtBank))
                case second: .paid(BankReceipt(bmID: 8))
                default: .notFound(Reason(.notFoundAtBank))
                }
            })
        try await fixture.run(bank) { $0.asksFirst = true }
        #expect(bank.seen.orders.isEmpty)
        #expect(try fixture.rows(.paid) == 1)
        #expect(try fixture.ledger.verify() == [])
    }

    /// The first answer proves nothing, so the row is unknown and the bank is asked again later.
    @Test func anAttemptOfALostLedgerIsFoundAlsoIfTheBankSettlesTheFirstOneLate() async throws {
        let fixture = try RunFixture(rows: 1)
        let first = try fixture.firstID()
        let second = try #require(
            try fixture.ledger.keysOfFurtherAttempts(
                atRow: 2, of: fixture.ledger.batch(named: "payroll").id, count: 1
            ).first?.id)
        let bank = ScriptedBank(status: { id, asking in
            switch id {
            case first: asking < 3 ? .inProgress(Reason(.inProgress)) : .notPaid(Reason(.failedAtBank))
            case second: .paid(BankReceipt(bmID: 8))
            default: .notFound(Reason(.notFoundAtBank))
            }
        })
        try await fixture.run(bank) { $0.asksFirst = true }
        #expect(try fixture.rows(.unknown) == 1)
        try await fixture.run(bank)
        #expect(bank.seen.orders.isEmpty)
        #expect(try fixture.rows(.paid) == 1)
        #expect(try fixture.ledger.verify() == [])
    }

    /// Another ledger may have sent the row again under its first id. The bank could pay both.
    @Test(arguments: [true, false])
    func anAttemptThatTheBankPaidUnderAnEarlierIDIsLeftToAPerson(isBeforeRerun: Bool) async throws {
        let fixture = try RunFixture(rows: 1)
        let first = try fixture.firstID()
        try await fixture.run(ScriptedBank(pay: { _, _ in .refused(Self.refusal) }))
        let refusing = ScriptedBank(
            status: { id, _ in id == first ? .notPaid(Reason(.failedAtBank)) : .notFound(Reason(.notFoundAtBank)) })
        #expect(try await rerun(fixture, refusing) == .queued)
        let batch = try fixture.ledger.batch(named: "payroll")
        try fixture.ledger.askFirst(about: batch.id)
        let paying = ScriptedBank(status: { id, _ in
            switch id {
            case first: .paid(BankReceipt(bmID: 7))
            default: isBeforeRerun ? .notPaid(Reason(.failedAtBank)) : .notFound(Reason(.notFoundAtBank))
            }
        })
        if isBeforeRerun {
            let second = try #require(try fixture.ledger.queued(in: batch.id, after: 0, limit: 1).first).attempt
            try await CommitQueue(ledger: fixture.ledger).settle(second, from: .queued, as: .refused(Self.refusal))
            #expect(try await rerun(fixture, paying) == .takenBack(.review))
        } else {
            try await fixture.run(paying)
        }
        #expect(paying.seen.orders.isEmpty)
        #expect(try fixture.rows(.review) == 1)
        #expect(try fixture.ledger.verify() == [])
    }

    /// Otherwise a crash between two steps would leave a row queued under an id that the bank has paid.
    @Test func theAttemptsOfALostLedgerAreRecordedInOneCommit() async throws {
        let fixture = try RunFixture(rows: 1)
        let keys = try fixture.ledger.keysOfFurtherAttempts(
            atRow: 2, of: fixture.ledger.batch(named: "payroll").id, count: 1)
        let first = try fixture.firstID()
        let refusing = ScriptedBank(pay: { _, _ in .refused(Self.refusal) })
        try await fixture.run(refusing)
        // The disk refuses the second half.
        try fixture.ledger.write { db in
            try db.execute(
                sql: """
                    CREATE TRIGGER broken BEFORE INSERT ON event WHEN NEW.toState = 'paid'
                    BEGIN SELECT RAISE(ABORT, 'disk'); END
                    """)
        }
        let bank = ScriptedBank(status: { id, _ in
            switch id {
            case first: .notPaid(Reason(.failedAtBank))
            case keys[0].id: .paid(BankReceipt(bmID: 8))
            default: .notFound(Reason(.notFoundAtBank))
            }
        })
        await #expect(throws: LedgerError.self) { try await rerun(fixture, bank) }
        #expect(try fixture.rows(.refused) == 1)
        #expect(try fixture.rows(.queued) == 0)
    }

    @Test func anAttemptIsFoundEvenIfTheOneBeforeItNeverReachedTheBank() async throws {
        let fixture = try RunFixture(rows: 1)
        let keys = try fixture.ledger.keysOfFurtherAttempts(
            atRow: 2, of: fixture.ledger.batch(named: "payroll").id, count: 2)
        let bank = ScriptedBank(status: { id, _ in
            id == keys[1].id ? .paid(BankReceipt(bmID: 8)) : .notFound(Reason(.notFoundAtBank))
        })
        try await fixture.run(bank) { $0.asksFirst = true }
        #expect(bank.seen.orders.isEmpty)
        #expect(
            try fixture.ledger.paid(in: fixture.ledger.batch(named: "payroll").id).map(\.attempt.id) == [keys[1].id])
        #expect(try fixture.ledger.verify() == [])
    }

    @Test(arguments: [SignIn.ready(), .unreachable(Reason(.bankUnreachable)), .refused(Reason(.signInRefused))])
    func askFirstStaysSetInLaterRuns(signIn: SignIn) async throws {
        let fixture = try RunFixture(rows: 4)
        let closed = ScriptedBank(signIn: signIn, status: { _, _ in .noAnswer(Reason(.connectionLost)) })
        try await fixture.run(closed) { $0.asksFirst = true }
        let bank = ScriptedBank(status: { _, _ in .paid(BankReceipt(bmID: 5)) })
        try await fixture.run(bank)
        #expect(bank.seen.orders.isEmpty)
        #expect(try fixture.rows(.paid) == 4)
    }

    @Test func ifTheBankCannotBeAskedNothingIsSentAgain() async throws {
        let fixture = try RunFixture(rows: 1)
        let bank = ScriptedBank(
            pay: { _, _ in .refused(Self.refusal) }, status: { _, _ in .noAnswer(Reason(.connectionLost)) })
        try await fixture.run(bank)
        #expect(try await rerun(fixture, bank) == .notAsked(Reason(.connectionLost)))
        #expect(try fixture.rows(.refused) == 1)
    }

    @Test func aLostSendIsWaitedForEvenIfAPersonSaysThatItIsNotPaid() async throws {
        let fixture = try RunFixture(rows: 1)
        let bank = ScriptedBank(pay: { _, _ in .unknown(Reason(.noAnswerInTime)) })
        try await fixture.run(bank)
        let batch = try fixture.ledger.batch(named: "payroll").id
        try fixture.ledger.decide(row: 2, of: batch, isPaid: false, note: "the bank said so by telephone")
        guard case .tooEarly = try await rerun(fixture, bank) else {
            Issue.record("it was sent again at once")
            return
        }
        fixture.time.advance(by: .seconds(661))
        // The bank must get the same request under the same id, so the correction is refused.
        #expect(try await rerun(fixture, bank, as: Correction(amount: Tiyin(1))) == .mustStayAsItIs)
        #expect(try fixture.rows(.refused) == 1)
        #expect(try await rerun(fixture, bank) == .queued)
        // The bank refused nothing, so the id stays: a bank that checks ids cannot pay both sends.
        try await fixture.run(ScriptedBank())
        #expect(try fixture.rows(.paid) == 1)
        #expect(try fixture.ledger.paid(in: batch).map(\.attempt.id) == bank.seen.orders.map(\.id))
        #expect(try fixture.ledger.verify() == [])
    }

    @Test func aPaidRowThatTheBankTakesBackStaysPaidAndGetsANote() async throws {
        let fixture = try RunFixture(rows: 3)
        try await fixture.run(ScriptedBank())
        let batch = try fixture.ledger.batch(named: "payroll").id
        let taken = try fixture.ledger.paid(in: batch)[1].attempt
        let bank = ScriptedBank(status: { id, _ in
            id == taken.id ? .notPaid(Reason(.failedAtBank, bankText: "REVERSED")) : .paid(BankReceipt(bmID: 1))
        })
        let audit = PaidAudit(ledger: fixture.ledger, commits: CommitQueue(ledger: fixture.ledger), bank: bank)
        #expect(try await audit.audit(batch, stop: StopSignal()) == [taken.row])
        #expect(try fixture.rows(.paid) == 3)
        var noted: [Int: Reason] = [:]
        try fixture.ledger.report(on: batch) { batch in try batch.forEachRow { row in noted[row.row] = row.reason } }
        #expect(noted == [taken.row: Reason(.reversedAtBank, bankText: "REVERSED")])
        #expect(try await audit.audit(batch, stop: StopSignal()) == [])
        #expect(try fixture.ledger.verify() == [])
    }
}
