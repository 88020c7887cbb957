import Fixtures
import Foundation
import PaymentValues
import Payouts
import Testing

@testable import Bookkeeping

/// Rules that the model in `Model` found. Each has a story in `Model/stories` of how a row is paid twice without it.
@Suite struct ModelRuleTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private var files: [String] {
        [folder.path("payouts.sqlite")] + SendJournal.paths(KeyFile(path: folder.path("ledger.key")))
    }

    private func begin(rows: Int = 1) throws -> Ledger {
        let ledger = try Ledger(in: folder)
        _ = try ledger.importBatch(Samples.batch(rows: rows), isDeliberate: false)
        return ledger
    }

    /// Claims the first queued row.
    private func claim(_ ledger: Ledger) async throws -> AttemptKey {
        let batch = try ledger.batch(named: "payroll")
        let payout = try #require(try ledger.pending(in: batch, senderName: "ACME", after: 0, limit: 1).first)
        #expect(try await CommitQueue(ledger: ledger).claim(payout))
        return payout.attempt
    }

    private func settle(
        _ attempt: AttemptKey, from state: PayoutState = .sending, as transition: Transition, _ ledger: Ledger
    ) async throws {
        try await CommitQueue(ledger: ledger).settle(attempt, from: state, as: transition)
    }

    private func keepLedger(_ ledger: Ledger) throws {
        try ledger.eraseJournal()
        try FileManager.default.copyItem(atPath: ledger.path, toPath: ledger.path + ".kept")
    }

    private func putBackLedger() throws {
        let path = folder.path("payouts.sqlite")
        for end in ["", "-wal", "-shm"] { unsafe unlink(path + end) }
        try FileManager.default.copyItem(atPath: path + ".kept", toPath: path)
    }

    private func loseLedger() throws -> Ledger {
        for end in ["", "-wal", "-shm"] { unsafe unlink(folder.path("payouts.sqlite") + end) }
        var opening = LedgerOpening()
        opening.creation = .replacingLost
        return try Ledger(in: folder, opening: opening)
    }

    private func states(_ ledger: Ledger) throws -> [PayoutState] {
        try ledger.report(on: try ledger.batch(named: "payroll").id) { batch in
            var states: [PayoutState] = []
            try batch.forEachRow { states.append($0.state) }
            return states
        }
    }

    /// NO_EARLIER_IDS: otherwise the row is paid under both ids, also at a bank that refuses a repeated id.
    @Test func aRowThatAnotherLedgerSentUnderAnEarlierIDIsNotSentUnderTheNextOne() async throws {
        let old = try begin()
        let attempt = try await claim(old)
        try await settle(attempt, as: .refused(Reason(.failedAtBank)), old)
        try await settle(attempt, from: .refused, as: .rerun(nil), old)
        try old.eraseJournal()
        try old.close()
        let lost = files
        for file in lost { try FileManager.default.moveItem(atPath: file, toPath: file + ".kept") }
        let new = try loseLedger()
        _ = try new.importBatch(Samples.batch(rows: 1), isDeliberate: false)
        try await settle(try await claim(new), as: .paid(Samples.receipt), new)
        try new.close()
        for end in ["", "-wal", "-shm"] { unsafe unlink(folder.path("payouts.sqlite") + end) }
        for file in lost { try FileManager.default.moveItem(atPath: file + ".kept", toPath: file) }
        let returned = try Ledger(in: folder)
        let states = try states(returned)
        #expect(states == [.review])
    }

    /// NO_QUIET_AFTER_OPENING: otherwise the quiet period of an earlier send counts for the forgotten one.
    @Test func theQuietPeriodsOfALedgerThatWasSetBackStartAgain() async throws {
        let ledger = try begin()
        let attempt = try await claim(ledger)
        try await settle(attempt, as: .unknown(Reason(.connectionLost)), ledger)
        try keepLedger(ledger)
        try await settle(attempt, from: .unknown, as: .requeued(Reason(.notFoundAtBank)), ledger)
        _ = try await claim(ledger)
        try ledger.close()
        try putBackLedger()
        let later = Samples.noon.addingTimeInterval(3600)
        let older = try Ledger(in: folder) { later }
        let unknown = try #require(try older.unknowns(in: try older.batch(named: "payroll").id).first)
        #expect(unknown.quietSince == later)
    }

    /// NO_RESTART_OF_COUNT: the bank knew the payout in between.
    @Test func aRowThatBecomesUnknownAgainIsCountedFromZero() async throws {
        let ledger = try begin()
        let batch = try ledger.batch(named: "payroll").id
        let attempt = try await claim(ledger)
        try await settle(attempt, as: .unknown(Reason(.connectionLost)), ledger)
        try await CommitQueue(ledger: ledger).recordAsking(attempt, notFoundCount: 2, quietSince: Samples.noon)
        try ledger.decide(row: 2, of: batch, isPaid: false, note: "the bank's letter")
        try await settle(attempt, from: .refused, as: .unknown(Reason(.inProgress)), ledger)
        let unknown = try #require(try ledger.unknowns(in: batch).first)
        #expect(unknown.notFoundCount == 0)
    }

    /// NO_WITHDRAWAL_AFTER_SEND: otherwise the row can be refused, run again and paid.
    @Test func aRowThatWasSentAndWithdrawnIsWithdrawnInANewLedger() async throws {
        let ledger = try begin()
        try await settle(try await claim(ledger), as: .refused(Reason(.failedAtBank)), ledger)
        try ledger.withdraw(row: 2, of: try ledger.batch(named: "payroll").id, note: "left the company")
        try ledger.close()
        let new = try loseLedger()
        _ = try new.importBatch(Samples.batch(rows: 1), isDeliberate: false)
        let states = try states(new)
        #expect(states == [.withdrawn])
    }

    /// NO_GUARD_ON_REFUSED_ROWS: the bank may know a later attempt that this ledger does not know.
    @Test func aRefusedRowIsNotWithdrawnUnaskedWhereTheBankIsAskedFirst() async throws {
        let ledger = try begin()
        let batch = try ledger.batch(named: "payroll").id
        try await settle(try await claim(ledger), as: .refused(Reason(.failedAtBank)), ledger)
        try ledger.askFirst(about: batch)
        #expect(throws: LedgerError.mayHaveBeenSentAgain(row: 2)) {
            try ledger.withdraw(row: 2, of: batch, note: "left")
        }
    }

    /// NO_REFUSED_ROWS_OF_FINISHED_BATCHES: the journal has dropped the second send.
    @Test func aRefusedRowOfAFinishedBatchIsUnknownInAnOlderCopy() async throws {
        let ledger = try begin()
        let batch = try ledger.batch(named: "payroll").id
        let attempt = try await claim(ledger)
        try await settle(attempt, as: .unknown(Reason(.connectionLost)), ledger)
        try ledger.decide(row: 2, of: batch, isPaid: false, note: "the bank's letter")
        try keepLedger(ledger)
        try await settle(attempt, from: .refused, as: .requeued(Reason(.notFoundAtBank)), ledger)
        try await settle(try await claim(ledger), as: .paid(Samples.receipt), ledger)
        // As at the end of a run with a large journal.
        try ledger.rewriteSends()
        try ledger.close()
        try putBackLedger()
        let older = try Ledger(in: folder)
        let states = try states(older)
        #expect(states == [.unknown])
    }

    /// The journal was rewritten before the refusal, so it names every later send.
    @Test func aRefusedRowOfAFinishedBatchStaysRefusedIfOnlyTheLastCommitIsLost() async throws {
        let ledger = try begin()
        try await settle(try await claim(ledger), as: .refused(Reason(.failedAtBank)), ledger)
        try ledger.rewriteSends()
        try keepLedger(ledger)
        try ledger.askFirst(about: try ledger.batch(named: "payroll").id)
        try ledger.close()
        try putBackLedger()
        let older = try Ledger(in: folder)
        #expect(try states(older) == [.refused])
    }

    /// NO_COUNT_OF_RESTORED_SENDS: otherwise the second set-back goes unnoticed.
    @Test func theSendsThatALedgerLearnsFromItsJournalAreCounted() async throws {
        let ledger = try begin(rows: 2)
        let batch = try ledger.batch(named: "payroll").id
        try keepLedger(ledger)
        _ = try await claim(ledger)
        try ledger.close()
        try putBackLedger()
        let restored = try Ledger(in: folder)
        #expect(try states(restored) == [.unknown, .queued])
        #expect(try restored.verify() == [])
        try restored.decide(row: 2, of: batch, isPaid: false, note: "the bank's letter")
        unsafe unlink(restored.path + ".kept")
        try keepLedger(restored)
        let attempt = try #require(try restored.refused(in: batch).first).attempt
        try await settle(attempt, from: .refused, as: .requeued(Reason(.notFoundAtBank)), restored)
        try await settle(try await claim(restored), as: .paid(Samples.receipt), restored)
        // The journal is written again from the ledger's own counts.
        for path in SendJournal.paths(KeyFile(path: folder.path("ledger.key"))) { unsafe unlink(path) }
        try restored.close()
        var opening = LedgerOpening()
        opening.recovery = .newest
        try Ledger(in: folder, opening: opening).close()
        try putBackLedger()
        #expect(try states(try Ledger(in: folder)) == [.unknown, .queued])
    }

    /// NO_CAUTION_WITH_UNREADABLE: the ledger looks at the other journals before the import alone.
    @Test func theBankIsAskedFirstAboutAFileThatIsImportedWhileAnotherJournalIsUnreadable() throws {
        try Ledger(in: folder).close()
        try Data("damaged".utf8).write(to: folder.url.appendingPathComponent("ledger.key.0123456789abcdef.sends"))
        let ledger = try begin()
        let asksFirst = try ledger.batch(named: "payroll").asksFirst
        #expect(asksFirst)
    }
}
