import Fixtures
import GRDB
import PaymentValues
import Payouts
import Synchronization
import Testing

@testable import Bookkeeping
@testable import Processing

@Suite struct BatchRunnerTests {
    static let cardNotFound = Reason(ReasonCode(rawValue: "card_not_found"), httpStatus: 400)

    // MARK: The history

    private func history(_ fixture: RunFixture) throws -> [EventCause] {
        try fixture.ledger.report(on: fixture.ledger.batch(named: "payroll").id) { try $0.history().map(\.why) }
    }

    @Test func theHistoryShowsWhenARunStartedAndHowItEnded() async throws {
        let fixture = try RunFixture(rows: 3)
        try await fixture.run(ScriptedBank())
        #expect(try history(fixture).dropFirst(2) == [.runStarted, .runEnded(.finished)])
        // A run with nothing to do records no events.
        try await fixture.run(ScriptedBank())
        #expect(try history(fixture).count == 4)
    }

    @Test func theHistoryShowsWhyARunWasPausedAndThatItContinued() async throws {
        let fixture = try RunFixture(rows: 3)
        let stop = StopSignal()
        stop.stop(Reason(.stoppedByPerson))
        try await fixture.run(ScriptedBank(), stop: stop)
        try await fixture.run(ScriptedBank())
        #expect(
            try history(fixture).dropFirst(2) == [
                .runStarted, .runEnded(.paused(.stoppedByPerson)), .runStarted, .runEnded(.finished),
            ])
        #expect(try fixture.ledger.batch(named: "payroll").pause == nil)
    }

    /// One pass records one event, however many rows it asks about.
    @Test func theHistoryShowsThatTheBankWasAskedAndHowManyRowsThatSettled() async throws {
        let fixture = try RunFixture(rows: 3)
        let first = try fixture.firstID()
        let bank = ScriptedBank(
            pay: { _, _ in .unknown(Reason(.connectionLost)) },
            status: { id, _ in id == first ? .paid(BankReceipt(bmID: 7)) : .inProgress(Reason(.inProgress)) })
        try await fixture.run(bank)
        #expect(
            try history(fixture).dropFirst(2) == [
                .runStarted, .bankAsked(.init(about: .unknown, asked: 3, settled: 1)), .runEnded(.finished),
            ])
        let audit = PaidAudit(ledger: fixture.ledger, commits: CommitQueue(ledger: fixture.ledger), bank: bank)
        _ = try await audit.audit(try fixture.ledger.batch(named: "payroll").id, stop: StopSignal())
        #expect(try history(fixture).last == .bankAsked(.init(about: .paid, asked: 1, settled: 0)))
        #expect(try fixture.ledger.verify() == [])
    }

    @Test func theHistoryShowsThatTheBankWasAskedBeforeRowsWereSent() async throws {
        let fixture = try RunFixture(rows: 3)
        let first = try fixture.firstID()
        let bank = ScriptedBank(status: { id, _ in
            id == first ? .paid(BankReceipt(bmID: 7)) : .notFound(Reason(.notFoundAtBank))
        })
        try await fixture.run(bank) { $0.asksFirst = true }
        #expect(try history(fixture).contains(.bankAsked(.init(about: .notSent, asked: 3, settled: 1))))
    }

    @Test func everyRowIsSentOnceAndPaid() async throws {
        let fixture = try RunFixture(rows: 500)
        let bank = ScriptedBank()
        #expect(try await fixture.run(bank, concurrency: 16) == .finished)
        #expect(try fixture.rows(.paid) == 500)
        #expect(bank.seen.orders.count == 500)
        #expect(Set(bank.seen.orders.map(\.id)).count == 500)
        #expect(try fixture.statement().addsUp)
    }

    @Test func theWindowIsFilledAndNeverExceeded() async throws {
        let fixture = try RunFixture(rows: 300)
        let bank = ScriptedBank(pay: { _, _ in
            for _ in 1...20 { await Task.yield() }
            return .paid(BankReceipt(bmID: 1))
        })
        try await fixture.run(bank, concurrency: 8)
        #expect(bank.seen.mostOpen <= 8)
        #expect(bank.seen.mostOpen > 1)
    }

    @Test func anOverloadedBankGetsFewerRequestsAndARecoveredOneGetsAll() async throws {
        let fixture = try RunFixture(rows: 400)
        let open = Mutex((now: 0, mostWhileStrained: 0, mostAfterwards: 0, sends: 0))
        let bank = ScriptedBank(pay: { _, _ in
            let number = open.withLock { open in
                open.now += 1
                open.sends += 1
                // The first slots have started; from here on the decrease must be visible.
                if (40..<100).contains(open.sends) { open.mostWhileStrained = max(open.mostWhileStrained, open.now) }
                if open.sends > 250 { open.mostAfterwards = max(open.mostAfterwards, open.now) }
                return open.sends
            }
            for _ in 1...20 { await Task.yield() }
            open.withLock { $0.now -= 1 }
            // Only every third answer is bad, so that no stop rule ends the run.
            return number < 100 && number.isMultiple(of: 3) && number > 8
                ? .unknown(Reason(.answerNotCatalogued, httpStatus: 503)) : .paid(BankReceipt(bmID: 1))
        })
        #expect(try await fixture.run(bank, concurrency: 16) == .finished)
        let seen = open.withLock { $0 }
        #expect(seen.mostWhileStrained < 16)
        #expect(seen.mostAfterwards > seen.mostWhileStrained)
        #expect(try fixture.rows(.queued) == 0)
    }

    @Test func everySendHasAClaimOnDiskBeforeIt() async throws {
        let fixture = try RunFixture(rows: 40)
        let ledger = fixture.ledger
        let batch = try ledger.batch(named: "payroll").id
        let unclaimed = Mutex(0)
        let bank = ScriptedBank(pay: { order, _ in
            var state: PayoutState?
            do {
                try ledger.report(on: batch) { batch in
                    try batch.forEachRow { row in if row.id == order.id { state = row.state } }
                }
            } catch {
                state = nil
            }
            if state != .sending { unclaimed.withLock { $0 += 1 } }
            return .paid(BankReceipt(bmID: 1))
        })
        try await fixture.run(bank)
        #expect(unclaimed.withLock { $0 } == 0)
    }

    @Test func aFinishedBatchIsNeitherSentNorAskedAboutAgain() async throws {
        let fixture = try RunFixture(rows: 5)
        try await fixture.run(ScriptedBank())
        let bank = ScriptedBank()
        #expect(try await fixture.run(bank) == .nothingToDo)
        #expect(bank.seen.signIns == 0)
        #expect(bank.seen.orders.isEmpty)
    }

    @Test func anUnreachableBankIsNoticedBeforeAnythingIsClaimed() async throws {
        let fixture = try RunFixture(rows: 5)
        let bank = ScriptedBank(signIn: .unreachable(Reason(.bankUnreachable)))
        #expect(try await fixture.run(bank) == .bankUnreachable(Reason(.bankUnreachable)))
        #expect(bank.seen.orders.isEmpty)
        #expect(try fixture.rows(.queued) == 5)
        #expect(try fixture.statement().bank == nil)
    }

    @Test func aRefusalForEveryonePausesAndLeavesTheRestUntouched() async throws {
        let fixture = try RunFixture(rows: 100)
        let noMoney = Reason(ReasonCode(rawValue: "insufficient_funds_on_deposit"))
        let bank = ScriptedBank(pay: { order, _ in
            order.amount > Tiyin(1_000_000)
                ? .refusedForEveryone(noMoney, mayBePaid: false) : .paid(BankReceipt(bmID: 1))
        })
        #expect(try await fixture.run(bank) == .paused(noMoney))
        #expect(try fixture.rows(.refused) == 0)
        #expect(try fixture.rows(.queued) + fixture.rows(.paid) == 100)
        #expect(bank.seen.orders.count < 20)
        #expect(try fixture.statement().pause == noMoney)

        #expect(try await fixture.run(ScriptedBank()) == .finished)
        #expect(try fixture.rows(.paid) == 100)
        #expect(try fixture.statement().pause == nil)
    }

    @Test func aRowWithoutEffectIsSentAgainUnderTheSameIdAfterAGrowingPause() async throws {
        let fixture = try RunFixture(rows: 1)
        let bank = ScriptedBank(pay: { _, send in
            send < 4
                ? .notProcessed(Reason(.tooManyRequests), .afterBackoff(atLeastSeconds: 3))
                : .paid(BankReceipt(bmID: 1))
        })
        #expect(try await fixture.run(bank) == .finished)
        #expect(bank.seen.orders.count == 4)
        #expect(Set(bank.seen.orders).count == 1)
        #expect(fixture.time.passed >= .seconds(9))
    }

    @Test func aBankThatKeepsSayingLaterPausesTheBatch() async throws {
        let fixture = try RunFixture(rows: 50)
        let busy = Reason(.tooManyRequests, httpStatus: 429)
        let bank = ScriptedBank(pay: { _, _ in .notProcessed(busy, .afterBackoff(atLeastSeconds: nil)) })
        #expect(try await fixture.run(bank) == .paused(busy))
        #expect(try fixture.rows(.queued) == 50)
        #expect(bank.seen.orders.count <= 4 * 6)
    }

    @Test func aTokenRefusedTwiceForOneRowPausesTheBatch() async throws {
        let fixture = try RunFixture(rows: 20)
        let bank = ScriptedBank(pay: { _, _ in .notProcessed(Reason(.signInRefused, httpStatus: 401), .afterLogin) })
        #expect(try await fixture.run(bank, concurrency: 1) == .paused(Reason(.signInRefused)))
        #expect(bank.seen.orders.count == 2)
    }

    /// A bank that mixes up two answers gives one row's receipt to the other, and the other's refusal to the row.
    @Test(arguments: [true, false])
    func aRefusalIsNotBelievedIfTheBankNamesThePaymentInAnAnswerToAnother(refusedBefore: Bool) async throws {
        let fixture = try RunFixture(rows: 2)
        let ids = try fixture.ids()
        let paid = refusedBefore ? ids[0] : ids[1]
        let bank = ScriptedBank(
            pay: { order, _ in
                order.id == paid ? .refused(Self.cardNotFound) : .misdirected(paid, Reason(.answerNotTrusted))
            },
            status: { id, _ in id == paid ? .paid(BankReceipt(bmID: 7)) : .notPaid(Reason(.failedAtBank)) })
        #expect(try await fixture.run(bank, concurrency: 1) == .finished)
        #expect(try fixture.rows(.paid) == 1)
        #expect(try fixture.rows(.refused) == 1)
        #expect(bank.seen.orders.count == 2)
        #expect(try fixture.ledger.verify() == [])
    }

    /// The 429 may be the answer to the other row.
    @Test func aRowIsNotSentAgainAfterNoEffectIfTheBankNamedItInAnAnswerToAnother() async throws {
        let fixture = try RunFixture(rows: 2)
        let ids = try fixture.ids()
        let bank = ScriptedBank(
            pay: { order, _ in
                order.id == ids[1]
                    ? .notProcessed(Reason(.tooManyRequests), .afterBackoff(atLeastSeconds: nil))
                    : .misdirected(ids[1], Reason(.answerNotTrusted))
            }, status: { _, _ in .inProgress(Reason(.inProgress)) })
        try await fixture.run(bank, concurrency: 1)
        #expect(bank.seen.orders.count == 2)
        #expect(try fixture.rows(.unknown) == 2)
    }

    @Test func anUnknownRowIsNeverSentAgainAndTheBankIsAsked() async throws {
        let fixture = try RunFixture(rows: 10)
        let bank = ScriptedBank(
            pay: { order, _ in
                order.amount == Tiyin(500_000) ? .unknown(Reason(.connectionLost)) : .paid(BankReceipt(bmID: 1))
            },
            status: { _, asking in
                asking < 3 ? .inProgress(Reason(.inProgress)) : .paid(BankReceipt(bmID: 2))
            })
        #expect(try await fixture.run(bank) { $0.patience = .seconds(60) } == .finished)
        #expect(try fixture.rows(.paid) == 10)
        #expect(bank.seen.orders.count == 10)
        #expect(bank.seen.askings.count == 3)
    }

    @Test func aBankThatIsDownDoesNotTurnTheWholeFileIntoUnknowns() async throws {
        let fixture = try RunFixture(rows: 1000)
        let bank = ScriptedBank(pay: { _, _ in .unknown(Reason(.noAnswerInTime)) })
        let ending = try await fixture.run(bank, concurrency: 16)
        guard case .paused(let reason) = ending else {
            Issue.record("\(ending)")
            return
        }
        #expect(reason.code == .tooManyUnknown)
        #expect(try fixture.rows(.unknown) <= 10 + 16)
        #expect(try fixture.rows(.queued) >= 974)
    }

    @Test func afterAStopNothingMoreIsClaimedAndRequestsInFlightAreRecorded() async throws {
        let fixture = try RunFixture(rows: 200)
        let stop = StopSignal()
        let bank = ScriptedBank(pay: { order, _ in
            if order.amount == Tiyin(2_000_000) { stop.stop(Reason(.stoppedByPerson)) }
            return .paid(BankReceipt(bmID: 1))
        })
        #expect(try await fixture.run(bank, concurrency: 8, stop: stop) == .paused(Reason(.stoppedByPerson)))
        #expect(try fixture.rows(.sending) == 0)
        #expect(try fixture.rows(.paid) == bank.seen.orders.count)
        #expect(try fixture.rows(.paid) < 40)
    }

    @Test func aCardThatDoesNotOpenEndsTheRunAndNoLaterRowIsClaimed() async throws {
        let fixture = try RunFixture(rows: 40)
        try fixture.spoilCard(ofRow: 20)
        let bank = ScriptedBank()
        await #expect(throws: LedgerError.cardDoesNotOpen(row: 20)) { try await fixture.run(bank, concurrency: 8) }
        #expect(try fixture.rows(.paid) == 18)
        #expect(try fixture.rows(.queued) == 22)
        #expect(bank.seen.orders.count == 18)
    }

    @Test func rowsOfAKilledRunAreAskedAboutBeforeAnythingIsSent() async throws {
        let fixture = try RunFixture(rows: 3)
        let batch = try fixture.ledger.batch(named: "payroll")
        let pending = try #require(
            try fixture.ledger.pending(in: batch, senderName: "ACME", after: 0, limit: 1).first)
        _ = try await CommitQueue(ledger: fixture.ledger).claim(pending)
        let bank = ScriptedBank(status: { _, _ in .paid(BankReceipt(bmID: 9)) })
        #expect(try await fixture.run(bank) == .finished)
        #expect(bank.seen.askings == [pending.attempt.id])
        #expect(!bank.seen.orders.contains { $0.id == pending.attempt.id })
        #expect(try fixture.rows(.paid) == 3)
    }

    @Test func frequentQueriesDoNotDelayTheEndOfTheQuietPeriod() async throws {
        let fixture = try RunFixture(rows: 1)
        let bank = ScriptedBank(pay: { _, _ in .unknown(Reason(.noAnswerInTime)) })
        try await fixture.run(bank)
        for _ in 1...40 where try fixture.rows(.review) == 0 {
            fixture.time.advance(by: .seconds(30))
            try await fixture.run(bank)
        }
        #expect(try fixture.rows(.review) == 1)
        // The quiet period ends at 660, and the three questions that count are 150 apart.
        #expect(fixture.time.passed >= .seconds(960))
    }

    @Test func resendingAfterNotFoundIsTheSameRequestAndItsRefusalProvesNothing() async throws {
        let fixture = try RunFixture(rows: 1)
        let bank = ScriptedBank(pay: { _, send in
            send == 1 ? .unknown(Reason(.noAnswerInTime)) : .refused(Self.cardNotFound)
        })
        try await fixture.run(bank)
        for _ in 1...4 {
            fixture.time.advance(by: .seconds(400))
            try await fixture.run(bank, whenNotFound: .resend)
        }
        #expect(bank.seen.orders.count >= 2)
        #expect(Set(bank.seen.orders).count == 1)
        #expect(try fixture.rows(.unknown) == 1)
        #expect(try fixture.rows(.refused) == 0)
    }

    @Test func askFirstSendsOnlyWhatTheBankDoesNotKnow() async throws {
        let fixture = try RunFixture(rows: 6)
        let batch = try fixture.ledger.batch(named: "payroll")
        let ids = try fixture.ledger.pending(in: batch, senderName: "ACME", after: 0, limit: 10).map(\.attempt.id)
        let bank = ScriptedBank(status: { id, _ in
            switch id {
            case ids[0]: .paid(BankReceipt(bmID: 3))
            case ids[1]: .notPaid(Reason(.failedAtBank))
            case ids[2]: .needsHuman(Reason(.unclearAtBank))
            case ids[3]: .inProgress(Reason(.inProgress))
            default: .notFound(Reason(.notFoundAtBank))
            }
        })
        try await fixture.run(bank) { $0.asksFirst = true }
        #expect(Set(bank.seen.orders.map(\.id)) == Set(ids[4...]))
        #expect(try fixture.rows(.paid) == 3)
        #expect(try fixture.rows(.refused) == 1)
        #expect(try fixture.rows(.review) == 1)
        #expect(try fixture.rows(.unknown) == 1)
    }

    @Test func aRefusalAfterAskingFirstProvesNothingAboutTheSendsOfALostLedger() async throws {
        let fixture = try RunFixture(rows: 2)
        let bank = ScriptedBank(pay: { _, _ in .refused(Reason(ReasonCode(rawValue: "invalid_params"))) })
        try await fixture.run(bank) { $0.asksFirst = true }
        #expect(bank.seen.orders.count == 2)
        #expect(try fixture.rows(.refused) == 0)
        #expect(try fixture.rows(.unknown) == 2)
    }

    @Test func theFirstRefusedTokenOfARowGetsANewLoginHoweverOftenItWasSentBefore() async throws {
        let fixture = try RunFixture(rows: 1)
        let bank = ScriptedBank(pay: { _, send in
            switch send {
            case 1, 2: .notProcessed(Reason(.tooManyRequests), .afterBackoff(atLeastSeconds: nil))
            case 3: .notProcessed(Reason(.signInRefused), .afterLogin)
            default: .paid(BankReceipt(bmID: 1))
            }
        })
        #expect(try await fixture.run(bank) == .finished)
        #expect(try fixture.rows(.paid) == 1)
    }

    @Test func afterAPersonsStopNoFurtherQuestionIsAsked() async throws {
        let fixture = try RunFixture(rows: 6)
        let stop = StopSignal()
        let bank = ScriptedBank(pay: { _, _ in
            stop.stop(Reason(.stoppedByPerson))
            return .unknown(Reason(.connectionLost))
        })
        try await fixture.run(bank, stop: stop)
        #expect(bank.seen.askings.isEmpty)
        #expect(try fixture.rows(.unknown) > 0)
    }

    @Test func aBatchThatAnotherProcessHasBoundIsNotBoundAgain() throws {
        let fixture = try RunFixture(rows: 2)
        let stale = try fixture.ledger.batch(named: "payroll")
        #expect(try fixture.ledger.bind(stale, to: "sandbox", senderName: "ACME", isMoved: false) == "ACME")
        #expect(throws: LedgerError.self) {
            try fixture.ledger.bind(stale, to: "https://bank.example", senderName: "Other", isMoved: false)
        }
        #expect(try fixture.ledger.bind(stale, to: "sandbox", senderName: "Other", isMoved: false) == "ACME")
    }

    @Test func askFirstSendsNothingIfTheBankDoesNotAnswer() async throws {
        let fixture = try RunFixture(rows: 6)
        let bank = ScriptedBank(status: { _, _ in .noAnswer(Reason(.connectionLost)) })
        #expect(try await fixture.run(bank) { $0.asksFirst = true } == .paused(Reason(.connectionLost)))
        #expect(bank.seen.orders.isEmpty)
        #expect(try fixture.rows(.queued) == 6)
    }

    @Test func aBatchStartedAtOneBankDoesNotContinueAtAnother() async throws {
        let fixture = try RunFixture(rows: 4)
        try await fixture.run(
            ScriptedBank(pay: { _, _ in .refusedForEveryone(Self.cardNotFound, mayBePaid: false) }), concurrency: 1)
        let bank = ScriptedBank()
        await #expect(throws: LedgerError.self) {
            try await fixture.run(bank) { $0.bankAddress = "https://elsewhere.example" }
        }
        #expect(bank.seen.signIns == 0)
        let ending = try await fixture.run(bank) {
            $0.bankAddress = "https://elsewhere.example"
            $0.isSameBank = true
            $0.senderName = "Another name"
        }
        #expect(ending == .finished)
        #expect(bank.seen.orders.allSatisfy { $0.senderName == "ACME" })
    }

    private static let tunnel = "http://127.0.0.1:8800"

    /// The result does not depend on whether rows are left, or on which of the two was first.
    @Test(arguments: [true, false], [true, false])
    func aSandboxAndABankAtOneAddressAreTwo(isSandboxFirst: Bool, isWhole: Bool) async throws {
        let fixture = try RunFixture(rows: 4)
        let first = ScriptedBank(
            signIn: .ready(isSandbox: isSandboxFirst),
            pay: { _, _ in
                isWhole ? .paid(BankReceipt(bmID: 1)) : .refusedForEveryone(Self.cardNotFound, mayBePaid: false)
            })
        try await fixture.run(first, concurrency: 1) { $0.bankAddress = Self.tunnel }
        #expect(try fixture.statement().isPractice == isSandboxFirst)
        let other = ScriptedBank(signIn: .ready(isSandbox: !isSandboxFirst))
        // A batch that a real bank has paid stays paid, even if another program answers at the address now.
        if !isWhole || isSandboxFirst {
            for isSameBank in [false, true] {
                await #expect(throws: LedgerError.self) {
                    try await fixture.run(other) {
                        $0.bankAddress = Self.tunnel
                        $0.isSameBank = isSameBank
                    }
                }
            }
        }
        #expect(other.seen.orders.isEmpty && other.seen.askings.isEmpty)
    }

    @Test func aFinishedBatchIsRefusedAtAnotherBankBeforeAnybodySignsIn() async throws {
        let fixture = try RunFixture(rows: 4)
        try await fixture.run(ScriptedBank())
        let bank = ScriptedBank()
        await #expect(throws: LedgerError.self) { try await fixture.run(bank) { $0.bankAddress = "sandbox" } }
        await #expect(throws: LedgerError.self) {
            try await fixture.run(bank) { $0.bankAddress = "https://bank.example:8443" }
        }
        #expect(try await fixture.run(bank) { $0.bankAddress = "HTTPS://BANK.example:443/" } == .nothingToDo)
        #expect(bank.seen.signIns == 0)
    }

    @Test func aFinishedBatchOfASandboxThatIsGoneIsNotReportedAsFinished() async throws {
        let fixture = try RunFixture(rows: 4)
        try await fixture.run(ScriptedBank(signIn: .ready(isSandbox: true)))
        let gone = Reason(.bankUnreachable)
        #expect(try await fixture.run(ScriptedBank(signIn: .unreachable(gone))) == .bankUnreachable(gone))
        #expect(try await fixture.run(ScriptedBank(signIn: .ready(isSandbox: true))) == .nothingToDo)
    }

    @Test func aBatchBoundToLoopbackByAnEarlierVersionNeedsOneConfirmation() async throws {
        let fixture = try RunFixture(rows: 4)
        let stale = try fixture.ledger.batch(named: "payroll")
        _ = try fixture.ledger.bind(stale, to: "loopback", senderName: "ACME", isMoved: false)
        func run(isSameBank: Bool) async throws -> RunEnding {
            try await fixture.run(ScriptedBank()) {
                $0.bankAddress = Self.tunnel
                $0.isSameBank = isSameBank
            }
        }
        await #expect(throws: LedgerError.self) { try await run(isSameBank: false) }
        #expect(try await run(isSameBank: true) == .finished)
        #expect(try await run(isSameBank: false) == .nothingToDo)
        #expect(try fixture.statement().bank == Self.tunnel)
    }

    @Test func theRateIsKept() async throws {
        let fixture = try RunFixture(rows: 21)
        try await fixture.run(ScriptedBank(), concurrency: 1) { $0.ratePerSecond = 10 }
        #expect(fixture.time.passed >= .milliseconds(1999))
        #expect(fixture.time.passed < .milliseconds(2500))
    }

    @Test(arguments: [1, 8])
    func theSlotsOfARunStartHalfAMillisecondApart(concurrency: Int) async throws {
        let fixture = try RunFixture(rows: 8)
        try await fixture.run(ScriptedBank(), concurrency: concurrency)
        #expect(fixture.time.passed >= .microseconds(500) * (concurrency - 1))
        #expect(concurrency > 1 || fixture.time.passed == .zero)
        #expect(try fixture.rows(.paid) == 8)
    }

    @Test func whenTheLedgerFailsNothingMoreIsClaimedAndTheRunEndsWithItsError() async throws {
        let fixture = try RunFixture(rows: 200)
        let ledger = fixture.ledger
        let sends = Mutex(0)
        let bank = ScriptedBank(pay: { _, _ in
            let count = sends.withLock { sends in
                sends += 1
                return sends
            }
            // From here on SQLite refuses every new event, and therefore every transition.
            if count == 20 {
                do {
                    try ledger.write { db in
                        try db.execute(
                            sql: "CREATE TRIGGER broken BEFORE INSERT ON event BEGIN SELECT RAISE(ABORT, 'disk'); END")
                    }
                } catch {
                    Issue.record(error)
                }
            }
            return .paid(BankReceipt(bmID: 1))
        })
        await #expect(throws: LedgerError.self) { try await fixture.run(bank, concurrency: 4) }
        #expect(sends.withLock { $0 } <= 20 + 4)
        #expect(try fixture.rows(.sending) <= 4)
        #expect(try fixture.statement().addsUp)
    }
}
