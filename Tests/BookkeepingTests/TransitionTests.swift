import Fixtures
import Foundation
import GRDB
import PaymentValues
import Payouts
import Testing

@testable import Bookkeeping

@Suite struct TransitionTests {
    let folder: TemporaryFolder
    let ledger: Ledger
    let commits: CommitQueue
    let batch: BatchRecord

    init() throws {
        folder = try TemporaryFolder()
        ledger = try Ledger(in: folder)
        commits = CommitQueue(ledger: ledger)
        _ = try ledger.importBatch(Samples.batch(rows: 3), isDeliberate: false)
        batch = try ledger.batch(named: "payroll")
    }

    private func firstPending() throws -> PendingPayout {
        try #require(try ledger.pending(in: batch, senderName: "ACME", after: 0, limit: 1).first)
    }

    @Test func aClaimIsDurableOnceAndGivesTheRowToOneSlotOnly() async throws {
        let payout = try firstPending()
        #expect(try await commits.claim(payout))
        #expect(try await !commits.claim(payout))
        #expect(try ledger.statement(of: batch.id)[.sending].rows == 1)
    }

    @Test func aPaidRowKeepsTheBanksReceiptAndLosesItsCard() async throws {
        let payout = try firstPending()
        _ = try await commits.claim(payout)
        try await commits.settle(payout.attempt, as: .paid(Samples.receipt))
        let rows = try ledger.report(on: batch.id) { batch in
            var rows: [StatementRow] = []
            try batch.forEachRow { rows.append($0) }
            return rows
        }
        #expect(rows[0].state == .paid)
        #expect(rows[0].receipt == Samples.receipt)
        #expect(rows[0].sends == 1)
        let sealed = try ledger.read { db in
            try Data.fetchOne(db, sql: "SELECT sealedCard FROM payout WHERE row = 2")
        }
        #expect(sealed == nil)
    }

    /// The whole diagram: which changes there are, the states that each may leave, and the state that it leads to.
    private static let diagram: [(transition: Transition, from: Set<PayoutState>, to: PayoutState)] = [
        (.claimed(isDoubtful: false), [.queued], .sending),
        (.paid(Samples.receipt), [.queued, .sending, .unknown, .refused], .paid),
        (.refused(Reason(.failedAtBank)), [.queued, .sending, .unknown], .refused),
        (.unknown(Reason(.connectionLost)), [.queued, .sending, .refused], .unknown),
        (.review(Reason(.unclearAtBank)), [.queued, .sending, .unknown, .refused], .review),
        (.requeued(Reason(.tooManyRequests)), [.sending, .unknown, .refused], .queued),
        (.rerun(nil), [.refused], .queued),
        (.decided(isPaid: true, note: "the bank's letter"), [.unknown, .review], .paid),
        (.decided(isPaid: false, note: "the bank's letter"), [.unknown, .review], .refused),
        (.withdrawn(note: "left the company"), [.queued, .refused], .withdrawn),
    ]

    private static var transitions: [Transition] { diagram.map(\.transition) }

    @Test func eachTransitionLeavesOnlyTheStatesOfTheDiagram() {
        for (transition, from, to) in Self.diagram {
            #expect(Set(transition.origins) == from, "\(transition)")
            #expect(transition.target == to, "\(transition)")
        }
    }

    @Test(arguments: PayoutState.allCases, transitions)
    func theLedgerRefusesEveryChangeThatTheDiagramDoesNotShow(from: PayoutState, by transition: Transition) throws {
        let attempt = try firstPending().attempt
        try ledger.write { db in
            let hasCard = from != .paid && from != .withdrawn
            try db.execute(
                sql: "UPDATE payout SET state = ?, sealedCard = CASE WHEN ? THEN sealedCard END WHERE row = 2",
                arguments: [from.rawValue, hasCard])
            if from == .refused {
                try db.execute(sql: "UPDATE attempt SET verdict = 'refused' WHERE row = 2")
            }
        }
        let change = { try ledger.write { db in try ledger.apply(transition, to: attempt, from: from, in: db) } }
        if transition.origins.contains(from) {
            try change()
            #expect(try state(ofRow: 2) == transition.target)
            #expect(from.successors.contains(transition.target))
        } else {
            #expect(throws: LedgerError.illegalTransition(row: 2, from: from, to: transition.target)) { try change() }
            #expect(try state(ofRow: 2) == from)
        }
    }

    @Test(arguments: PayoutState.allCases)
    func everyArrowOfTheDiagramIsATransition(from: PayoutState) {
        let reached = Self.transitions.filter { $0.origins.contains(from) }.map(\.target)
        #expect(Set(reached) == from.successors)
    }

    @Test func theBanksReasonIsStoredWithItsHTTPStatus() async throws {
        let payout = try firstPending()
        let reason = Reason(ReasonCode(rawValue: "card_not_found"), httpStatus: 404, bankText: "No such card")
        _ = try await commits.claim(payout)
        try await commits.settle(payout.attempt, as: .refused(reason))
        let (row, attempts) = try ledger.report(on: batch.id) { (try $0.row(2), try $0.attempts(atRow: 2)) }
        #expect(row.reason == reason)
        #expect(attempts.map(\.reason?.code) == [reason.code])
        #expect(try ledger.refused(in: batch.id).map(\.reason) == [reason])
    }

    @Test func aRefusedRowThatIsRunAgainHasANewAttemptWithAnIdOfItsOwnThatFollowsFromTheFile() async throws {
        let payout = try firstPending()
        _ = try await commits.claim(payout)
        try await commits.settle(payout.attempt, as: .refused(Reason(.failedAtBank)))
        try await commits.settle(payout.attempt, from: .refused, as: .rerun(nil))
        let second = try firstPending()
        #expect(second.attempt.row == payout.attempt.row)
        #expect(
            second.attempt.id
                == AgentTransactionID.derived(
                    reference: batch.reference, digest: batch.digest, row: 2, attempt: 2, salt: 0))
        #expect(second.attempt.id != payout.attempt.id)
        #expect(!second.isDoubtful)
        #expect(try ledger.verify() == [])
    }

    @Test func aPersonsDecisionIsRecordedWithWhoAndWhy() async throws {
        let payout = try firstPending()
        _ = try await commits.claim(payout)
        try await commits.settle(payout.attempt, as: .unknown(Reason(.noAnswerInTime)))
        try ledger.decide(row: 2, of: batch.id, isPaid: true, note: "letter of the bank, no. 17")
        #expect(try state(ofRow: 2) == .paid)
        let event = try ledger.read { db in try Row.fetchOne(db, sql: "SELECT * FROM event ORDER BY id DESC LIMIT 1") }
        #expect(event?["who"] == "tester")
        #expect(event?["kind"] == "decided" && event?["detail"] == #"{"note":"letter of the bank, no. 17"}"#)
        #expect(throws: LedgerError.nothingToDecide(row: 3, state: .queued)) {
            try ledger.decide(row: 3, of: batch.id, isPaid: true, note: "")
        }
        #expect(throws: LedgerError.noSuchRow(99)) {
            try ledger.decide(row: 99, of: batch.id, isPaid: true, note: "")
        }
        #expect(try ledger.verify() == [])
    }

    /// The history must keep the bank's reason, not only that the bank was asked.
    @Test func anAttemptThatWasSettledByAskingKeepsTheBanksReason() async throws {
        let payout = try firstPending()
        _ = try await commits.claim(payout)
        try await commits.settle(payout.attempt, as: .unknown(Reason(.noAnswerInTime)))
        let reason = Reason(ReasonCode(rawValue: "card_not_found"))
        try await commits.settle(
            payout.attempt, from: .unknown, as: .refused(reason), why: .asked(.aboutUnknown, reason.code))
        let (attempts, events) = try ledger.report(on: batch.id) {
            (try $0.attempts(atRow: 2), try $0.events(ofRow: 2))
        }
        #expect(attempts.map(\.reason?.code) == [reason.code])
        #expect(events.last?.why == .asked(.aboutUnknown, reason.code))
    }

    @Test func aRowThatMayBePaidIsNotWithdrawn() async throws {
        let payout = try firstPending()
        _ = try await commits.claim(payout)
        try await commits.settle(payout.attempt, as: .unknown(Reason(.noAnswerInTime)))
        try await commits.settle(payout.attempt, from: .unknown, as: .requeued(Reason(.notFoundAtBank)))
        #expect(throws: LedgerError.mayBePaid(row: 2)) { try ledger.withdraw(row: 2, of: batch.id, note: "") }
        try ledger.withdraw(row: 3, of: batch.id, note: "left the company")
        #expect(try state(ofRow: 3) == .withdrawn)
        // In a rebuilt ledger, every row may be paid.
        try ledger.askFirst(about: batch.id)
        #expect(throws: LedgerError.mayBePaid(row: 4)) { try ledger.withdraw(row: 4, of: batch.id, note: "") }
        #expect(try ledger.statement(of: batch.id).addsUp)
        #expect(try ledger.verify() == [])
    }

    @Test func verifyingFindsAStateThatTheEventsDoNotLeadTo() async throws {
        let payout = try firstPending()
        _ = try await commits.claim(payout)
        #expect(try ledger.verify() == [])
        try ledger.write { db in try db.execute(sql: "UPDATE payout SET state = 'refused' WHERE row = 2") }
        #expect(try ledger.verify() == ["batch “payroll”: row 2 is refused, but the events say sending"])
        try ledger.write { db in
            try db.execute(sql: "UPDATE payout SET state = 'sending', amountTiyin = amountTiyin + 1 WHERE row = 2")
            try db.execute(sql: "UPDATE attempt SET sends = 2 WHERE row = 2")
        }
        #expect(
            try ledger.verify() == [
                "batch “payroll” does not add up", "batch “payroll”: row 2: its sends are not its claims",
                "batch “payroll”: row 2 is not as it was written",
            ])
    }

    @Test func evenSQLCannotMakeAPaidRowUnpaidOrRewriteTheEventLog() async throws {
        let payout = try firstPending()
        _ = try await commits.claim(payout)
        try await commits.settle(payout.attempt, as: .paid(Samples.receipt))
        for sql in [
            "UPDATE payout SET state = 'queued', sealedCard = x'00' WHERE row = 2", "DELETE FROM event",
            "UPDATE event SET kind = 'resumed'",
        ] {
            #expect(throws: LedgerError.self, "\(sql)") {
                try ledger.write { db in
                    try db.execute(sql: "UPDATE payout SET name = 'changed' WHERE row = 3")
                    try db.execute(sql: sql)
                }
            }
        }
        #expect(try state(ofRow: 2) == .paid)
        #expect(try ledger.verify() == [])
        let names = try ledger.read { db in
            try Int.fetchOne(db, sql: "SELECT count(*) FROM payout WHERE name = 'changed'")
        }
        #expect(names == 0)
    }

    /// Every write uses statements that GRDB does not observe.
    @Test func aBrokenRuleRollsBackItsWholeGroupEvenIfTheErrorIsSwallowed() throws {
        let pending = try ledger.pending(in: batch, senderName: "ACME", after: 0, limit: 2)
        let writeGroup = {
            try ledger.write { db in
                try ledger.apply(.claimed(isDoubtful: false), to: pending[0].attempt, from: .queued, in: db)
                let broken = try WriteStatement("UPDATE OR ROLLBACK payout SET amountTiyin = ? WHERE row = 3", in: db)
                #expect(throws: DatabaseError.self) { try broken([.number(0)]) }
                try ledger.apply(.claimed(isDoubtful: false), to: pending[1].attempt, from: .queued, in: db)
            }
        }
        #expect(throws: LedgerError.self) { try writeGroup() }
        #expect(try ledger.statement(of: batch.id)[.queued].rows == 3)
        #expect(try ledger.verify() == [])
    }

    @Test func aTextIsWrittenUpToItsFirstNULAndEmptyDataIsNotNULL() throws {
        try ledger.write { db in
            let write = try WriteStatement("UPDATE payout SET name = ?, cardFingerprint = ? WHERE row = 3", in: db)
            #expect(try write([.text("a\u{0}b"), .bytes(Data())]) == 1)
        }
        let written = try ledger.read { db in
            try Row.fetchOne(db, sql: "SELECT hex(name), typeof(cardFingerprint) FROM payout WHERE row = 3")
        }
        #expect(written?[0] == "61" && written?[1] == "blob")
    }

    @Test func aPayoutCannotHaveASecondAttemptWhileTheFirstIsNotRefused() throws {
        #expect(throws: LedgerError.self) {
            try ledger.write { db in
                try db.execute(sql: "INSERT INTO attempt (agentTranID, batchID, row, number) VALUES (1, 1, 2, 2)")
            }
        }
    }

    @Test func theEventLogTellsWhoChangedWhatAndWhyAndReplaysToTheStates() async throws {
        let pending = try ledger.pending(in: batch, senderName: "ACME", after: 0, limit: 10)
        for payout in pending { _ = try await commits.claim(payout) }
        try await commits.settle(pending[0].attempt, as: .paid(Samples.receipt))
        try await commits.settle(pending[1].attempt, as: .unknown(Reason(.noAnswerInTime)))
        try await commits.settle(pending[1].attempt, from: .unknown, as: .refused(Reason(.failedAtBank)))
        let events = try ledger.read { db in
            try Row.fetchAll(
                db,
                sql: "SELECT who, row, fromState, toState, kind, detail FROM event WHERE row IS NOT NULL ORDER BY id")
        }
        var replayed: [Int: String] = [2: "queued", 3: "queued", 4: "queued"]
        for event in events {
            let row: Int = event["row"]
            #expect(event["fromState"] == replayed[row])
            #expect(event["who"] == "tester")
            replayed[row] = event["toState"]
        }
        #expect(replayed == [2: "paid", 3: "refused", 4: "sending"])
        #expect(events.last?["kind"] == "settled" && events.last?["detail"] == #"{"reason":"failed_at_bank"}"#)
    }

    @Test func rowsInFlightWhenTheProgramDiedAreUnknown() async throws {
        let payout = try firstPending()
        _ = try await commits.claim(payout)
        #expect(try ledger.takeOver() == 1)
        let unknown = try #require(try ledger.unknowns(in: batch.id).first)
        #expect(unknown.attempt == payout.attempt)
        #expect(unknown.reason == Reason(.interrupted))
        #expect(try ledger.takeOver() == 0)
    }

    @Test func theQuietPeriodStartsNoEarlierThanTheRowBecameUnknown() async throws {
        let payout = try firstPending()
        _ = try await commits.claim(payout)
        try await commits.settle(payout.attempt, as: .unknown(Reason(.noAnswerInTime)))
        #expect(try ledger.unknowns(in: batch.id).first?.quietSince == Samples.noon)
    }

    @Test func anAnswerIsRecordedEvenIfItsTaskIsCancelled() async throws {
        let payout = try firstPending()
        _ = try await commits.claim(payout)
        let task = Task {
            unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
            try await commits.settle(payout.attempt, as: .paid(Samples.receipt))
        }
        try await task.value
        #expect(try state(ofRow: 2) == .paid)
    }

    @Test func aChangeThatIsRefusedLeavesTheRestOfItsGroupCommitted() async throws {
        let pending = try ledger.pending(in: batch, senderName: "ACME", after: 0, limit: 10)
        let wrong = PendingPayout(
            attempt: AttemptKey(batch: batch.id, row: 99, id: pending[0].attempt.id), order: pending[0].order,
            isDoubtful: false)
        async let refused: Bool = commits.claim(wrong)
        async let claims = [try commits.claim(pending[1]), try commits.claim(pending[2])]
        #expect(try await refused == false)
        #expect(try await claims == [true, true])
        #expect(try ledger.statement(of: batch.id)[.sending].rows == 2)
    }

    @Test func nothingIsClaimedWhenTheDiskIsAlmostFullButAnswersAreStillWritten() async throws {
        let payout = try firstPending()
        _ = try await commits.claim(payout)
        let full = try Ledger(
            in: folder, diskSpace: DiskSpace(path: folder.path("payouts.sqlite"), reserveBytes: 1000) { 999 })
        let fullCommits = CommitQueue(ledger: full)
        let next = try firstPending()
        await #expect(throws: LedgerError.self) { try await fullCommits.claim(next) }
        try await fullCommits.settle(payout.attempt, as: .paid(Samples.receipt))
        #expect(try state(ofRow: 2) == .paid)
        #expect(try state(ofRow: 3) == .queued)
    }

    @Test func afterAFailedCommitTheConnectionIsNotUsedAgain() async throws {
        let payout = try firstPending()
        // A commit that SQLite refuses simulates a failing disk.
        await #expect(throws: LedgerError.self) {
            try await commits.commit { db in try db.execute(sql: "INSERT INTO payout (row) VALUES (1)") }
        }
        await #expect(throws: LedgerError.self) { try await commits.claim(payout) }
        #expect(try state(ofRow: 2) == .queued)
    }

    @Test func aRowWithoutItsAttemptStopsEverythingAndStaysAsItWas() async throws {
        let payout = try firstPending()
        try ledger.write { db in try db.execute(sql: "DELETE FROM attempt WHERE row = 2") }
        await #expect {
            try await commits.claim(payout)
        } throws: { error in
            if case LedgerError.damaged = error { true } else { false }
        }
        #expect(try state(ofRow: 2) == .queued)
    }

    @Test func theRemainderOfABatchAgreesWithItsStatement() async throws {
        let pending = try ledger.pending(in: batch, senderName: "ACME", after: 0, limit: 3)
        for payout in pending.prefix(2) { _ = try await commits.claim(payout) }
        try await commits.settle(pending[0].attempt, as: .unknown(Reason(.connectionLost)))
        let (remainder, statement) = (try ledger.remainder(of: batch.id), try ledger.statement(of: batch.id))
        #expect(remainder == Remainder(notSent: statement.notSent, unknown: try statement.unknown))
        #expect(remainder.notSent.rows == 1 && remainder.unknown.rows == 2)
        #expect(try ledger.accountsOfNotSent(in: batch.id) == statement.accounts)
        #expect(try ledger.toPay(of: batch.id) == statement.toPay)
        #expect(try ledger.totals(in: batch.id) == statement.totals)
    }

    @Test func erasedCardsAreInNoFileOfTheLedger() async throws {
        let sealed = try ledger.read { db in try Data.fetchAll(db, sql: "SELECT sealedCard FROM payout") }
        for payout in try ledger.pending(in: batch, senderName: "ACME", after: 0, limit: 10) {
            _ = try await commits.claim(payout)
            try await commits.settle(payout.attempt, as: .paid(Samples.receipt))
        }
        try ledger.eraseJournal()
        for file in try FileManager.default.contentsOfDirectory(at: folder.url, includingPropertiesForKeys: nil) {
            let bytes = try Data(contentsOf: file)
            for seal in sealed {
                #expect(bytes.range(of: seal) == nil, "\(file.lastPathComponent)")
            }
        }
    }

    private func state(ofRow row: Int) throws -> PayoutState? {
        try ledger.read { db in
            try String.fetchOne(db, sql: "SELECT state FROM payout WHERE row = ?", arguments: [row])
        }.flatMap(PayoutState.init(rawValue:))
    }
}
