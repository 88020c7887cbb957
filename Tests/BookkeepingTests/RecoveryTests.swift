import Fixtures
import Foundation
import GRDB
import Payouts
import Synchronization
import Testing

@testable import Bookkeeping

/// A ledger and its send journal that do not match: automatic repair, and recovery at a person's request.
@Suite struct RecoveryTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// Creates a ledger of four rows, keeps a copy, and then sends the first two.
    private func begin() async throws {
        let ledger = try Ledger(in: folder)
        _ = try ledger.importBatch(Samples.batch(rows: 4), isDeliberate: false)
        try ledger.eraseJournal()
        for file in [ledger.path, ledger.sends.path] {
            try FileManager.default.copyItem(atPath: file, toPath: file + ".kept")
        }
        let commits = CommitQueue(ledger: ledger)
        let batch = try ledger.batch(named: "payroll")
        for payout in try ledger.pending(in: batch, senderName: "ACME", after: 0, limit: 2) {
            _ = try await commits.claim(payout)
            try await commits.settle(payout.attempt, as: .paid(Samples.receipt))
        }
        try ledger.close()
    }

    private func putBack(_ file: String) throws {
        for end in file.hasSuffix(".sends") ? [""] : ["", "-wal", "-shm"] { unsafe unlink(file + end) }
        try FileManager.default.copyItem(atPath: file + ".kept", toPath: file)
    }

    private var journal: String { SendJournal.paths(KeyFile(path: folder.path("ledger.key")))[0] }

    private func states(_ ledger: Ledger) throws -> [PayoutState] {
        try ledger.report(on: try ledger.batch(named: "payroll").id) { batch in
            var states: [PayoutState] = []
            try batch.forEachRow { states.append($0.state) }
            return states
        }
    }

    private func opening(_ change: (inout LedgerOpening) -> Void) -> LedgerOpening {
        var opening = LedgerOpening()
        change(&opening)
        return opening
    }

    @Test func rowsThatAnOlderCopyHasForgottenAreUnknownAndTheRestWaits() async throws {
        try await begin()
        try putBack(folder.path("payouts.sqlite"))
        let ledger = try Ledger(in: folder)
        #expect(try states(ledger) == [.unknown, .unknown, .queued, .queued])
        #expect(ledger.findings.withLock { $0 } == [.putRight([try BatchReference("payroll"): 2])])
        #expect(try ledger.verify() == [])
        try ledger.close()
        // The finding is reported only once.
        #expect(try Ledger(in: folder).findings.withLock { $0 }.isEmpty)
    }

    @Test func aRowThatWasWithdrawnIsWithdrawnInAnOlderCopy() async throws {
        try await begin()
        let ledger = try Ledger(in: folder)
        try ledger.withdraw(row: 5, of: ledger.batch(named: "payroll").id, note: "left the company")
        try ledger.close()
        try putBack(folder.path("payouts.sqlite"))
        #expect(try states(Ledger(in: folder)) == [.unknown, .unknown, .queued, .withdrawn])
    }

    /// The journal no longer has the single sends of a finished batch.
    @Test func noRowOfAFinishedBatchIsSentFromAnOlderCopy() async throws {
        try await begin()
        let ledger = try Ledger(in: folder)
        let commits = CommitQueue(ledger: ledger)
        let batch = try ledger.batch(named: "payroll")
        for payout in try ledger.pending(in: batch, senderName: "ACME", after: 0, limit: 2) {
            _ = try await commits.claim(payout)
            try await commits.settle(payout.attempt, as: .paid(Samples.receipt))
        }
        try ledger.rewriteSends()
        try ledger.close()
        try putBack(folder.path("payouts.sqlite"))
        #expect(try states(Ledger(in: folder)) == [.unknown, .unknown, .unknown, .unknown])
    }

    @Test func aCopyBesideTheOriginalIsNotWorkedOn() throws {
        func home(_ name: String) -> LedgerOpening {
            opening { $0.home = LedgerHome(path: folder.path(name), machine: "this one") }
        }
        let ledger = try Ledger(in: folder, opening: home("payouts.sqlite"))
        _ = try ledger.importBatch(Samples.batch(rows: 1), isDeliberate: false)
        try ledger.eraseJournal()
        try ledger.close()
        try FileManager.default.copyItem(atPath: ledger.path, toPath: folder.path("copy.sqlite"))
        #expect(throws: LedgerError.isCopy(path: folder.path("copy.sqlite"), original: ledger.path)) {
            try Ledger(in: folder, name: "copy.sqlite", opening: home("copy.sqlite"))
        }
    }

    /// Only the last commit is lost. It said that the bank must be asked.
    @Test func aLostCommitThatSaysToAskFirstIsRestored() throws {
        let ledger = try Ledger(in: folder)
        let batch = try ledger.importBatch(Samples.batch(rows: 2), isDeliberate: false)
        try ledger.eraseJournal()
        try FileManager.default.copyItem(atPath: ledger.path, toPath: ledger.path + ".kept")
        try ledger.askFirst(about: batch)
        try ledger.close()
        try putBack(folder.path("payouts.sqlite"))
        #expect(try Ledger(in: folder).batch(named: "payroll").asksFirst)
    }

    /// A program that dies in a checkpoint leaves a ledger that only its log makes whole. Without the log, an index may
    /// lack entries, even if only the last commit is lost.
    @Test func aLedgerThatLostItsLastCommitIsCheckedForDamage() async throws {
        let ledger = try Ledger(in: folder)
        let batch = try ledger.importBatch(Samples.batch(rows: 1), isDeliberate: false)
        try ledger.eraseJournal()
        try ledger.close()
        let path = folder.path("payouts.sqlite")
        try FileManager.default.copyItem(atPath: path, toPath: path + ".kept")
        let later = try Ledger(in: folder)
        try later.setPause(Reason(.stoppedByPerson), on: batch)
        try later.eraseJournal()
        try later.close()
        try putBack(path)
        let (page, size) = try await DatabaseQueue(path: path).read { db in
            (
                try #require(
                    try Int.fetchOne(db, sql: "SELECT rootpage FROM sqlite_master WHERE name = 'eventByKind'")),
                try #require(try Int.fetchOne(db, sql: "PRAGMA page_size"))
            )
        }
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        // The number of entries on the index's first page becomes 0.
        try file.seek(toOffset: UInt64((page - 1) * size + 3))
        try file.write(contentsOf: Data([0, 0]))
        try file.close()
        #expect(throws: LedgerError.self) { try Ledger(in: folder) }
    }

    /// A program dies in a checkpoint, and the log is deleted. Then some pages of the ledger are old. If the page of
    /// the last event is new, the ledger seems to agree with its journal.
    @Test func noPageThatACheckpointDidNotWriteMakesASentRowUnsent() async throws {
        let ledger = try Ledger(in: folder)
        _ = try ledger.importBatch(Samples.batch(rows: 4), isDeliberate: false)
        try ledger.eraseJournal()
        let commits = CommitQueue(ledger: ledger)
        let batch = try ledger.batch(named: "payroll")
        for payout in try ledger.pending(in: batch, senderName: "ACME", after: 0, limit: 2) {
            _ = try await commits.claim(payout)
            try await commits.settle(payout.attempt, as: .paid(Samples.receipt))
        }
        let path = ledger.path
        let (file, journal) = (URL(fileURLWithPath: path), URL(fileURLWithPath: self.journal))
        let (old, sends) = (try Data(contentsOf: file), try Data(contentsOf: journal))
        try ledger.eraseJournal()
        try ledger.close()
        let new = try Data(contentsOf: file)
        let size = try await DatabaseQueue(path: path).read { db in
            try #require(try Int.fetchOne(db, sql: "PRAGMA page_size"))
        }
        let pages = stride(from: 0, to: min(old.count, new.count), by: size)
            .filter { old[$0..<$0 + size] != new[$0..<$0 + size] }
        try #require(pages.count > 4)
        for page in pages {
            var mixed = new
            mixed.replaceSubrange(page..<page + size, with: old[page..<page + size])
            for end in ["-wal", "-shm"] { unsafe unlink(path + end) }
            try mixed.write(to: file)
            try sends.write(to: journal)
            unsafe chmod(path, 0o600)
            unsafe chmod(journal.path, 0o600)
            do {
                let states = try states(Ledger(in: folder))
                #expect(!states.prefix(2).contains(.queued), "page \(page / size): \(states)")
            } catch LedgerError.damaged {
                // Nothing is sent before a person has put a sound copy in its place.
            }
        }
    }

    @Test func aLedgerThatWasClosedIsNotCheckedAgain() throws {
        let ledger = try Ledger(in: folder)
        _ = try ledger.importBatch(Samples.batch(rows: 1), isDeliberate: false)
        #expect(try !ledger.sends.needsNoLog())
        try ledger.eraseJournal()
        try ledger.close()
        let again = try Ledger(in: folder)
        #expect(try again.hadNoLog && again.sends.needsNoLog())
        try again.setPause(Reason(.stoppedByPerson), on: again.batch(named: "payroll").id)
        #expect(try !again.sends.needsNoLog())
        try again.eraseJournal()
        #expect(try again.sends.needsNoLog())
    }

    /// First an older ledger is put back, and then a journal from the same time. The second step must not hide the first.
    @Test func anOlderJournalAfterAnOlderLedgerDoesNotHideThatABatchIsForgotten() async throws {
        let ledger = try Ledger(in: folder)
        _ = try ledger.importBatch(Samples.batch(rows: 1), isDeliberate: false)
        let commits = CommitQueue(ledger: ledger)
        for payout in try ledger.pending(in: ledger.batch(named: "payroll"), senderName: "ACME", after: 0, limit: 1) {
            _ = try await commits.claim(payout)
            try await commits.settle(payout.attempt, as: .paid(Samples.receipt))
        }
        try ledger.eraseJournal()
        for file in [ledger.path, ledger.sends.path] {
            try FileManager.default.copyItem(atPath: file, toPath: file + ".kept")
        }
        _ = try ledger.importBatch(Samples.batch(rows: 2, reference: "cashback"), isDeliberate: true)
        for payout in try ledger.pending(in: ledger.batch(named: "cashback"), senderName: "ACME", after: 0, limit: 2) {
            _ = try await commits.claim(payout)
        }
        try ledger.close()
        try putBack(folder.path("payouts.sqlite"))
        try Ledger(in: folder).close()
        try putBack(journal)
        let again = try Ledger(in: folder)
        _ = try again.importBatch(Samples.batch(rows: 2, reference: "cashback"), isDeliberate: true)
        #expect(try again.batch(named: "cashback").asksFirst)
    }

    @Test func aLedgerFromBeforeItsFirstImportAsksTheBankAboutEachFile() async throws {
        let ledger = try Ledger(in: folder)
        try ledger.eraseJournal()
        for file in [ledger.path, ledger.sends.path] {
            try FileManager.default.copyItem(atPath: file, toPath: file + ".kept")
        }
        _ = try ledger.importBatch(Samples.batch(rows: 2), isDeliberate: false)
        let commits = CommitQueue(ledger: ledger)
        for payout in try ledger.pending(in: ledger.batch(named: "payroll"), senderName: "ACME", after: 0, limit: 2) {
            _ = try await commits.claim(payout)
        }
        try ledger.close()
        try putBack(folder.path("payouts.sqlite"))
        try Ledger(in: folder).close()
        try putBack(journal)
        let again = try Ledger(in: folder)
        _ = try again.importBatch(Samples.batch(rows: 2), isDeliberate: false)
        #expect(try again.batch(named: "payroll").asksFirst)
    }

    /// The ledger in between had lost the sends too, so it asked the bank first. That must not be forgotten.
    @Test func aLedgerLearnsFromAnotherOneThatTheBankMustBeAskedFirst() async throws {
        let ledger = try Ledger(in: folder)
        try ledger.eraseJournal()
        let files = [ledger.path, ledger.sends.path]
        for file in files { try FileManager.default.copyItem(atPath: file, toPath: file + ".kept") }
        _ = try ledger.importBatch(Samples.batch(rows: 2), isDeliberate: false)
        let commits = CommitQueue(ledger: ledger)
        for payout in try ledger.pending(in: ledger.batch(named: "payroll"), senderName: "ACME", after: 0, limit: 2) {
            _ = try await commits.claim(payout)
        }
        try ledger.close()
        for file in files { for end in ["", "-wal", "-shm"] { unsafe unlink(file + end) } }
        let second = try Ledger(in: folder, opening: opening { $0.creation = .replacingLost })
        _ = try second.importBatch(Samples.batch(rows: 2), isDeliberate: false)
        #expect(try second.batch(named: "payroll").asksFirst)
        try second.close()
        for file in files { try putBack(file) }
        let first = try Ledger(in: folder)
        _ = try first.importBatch(Samples.batch(rows: 2), isDeliberate: false)
        #expect(try first.batch(named: "payroll").asksFirst)
    }

    /// On another machine the bank is asked first. An empty ledger records no event of this, so its copy fits the journal.
    @Test func anOlderCopyLearnsFromItsJournalThatTheBankMustBeAskedFirst() async throws {
        let ledger = try Ledger(in: folder)
        try ledger.eraseJournal()
        try ledger.close()
        let file = folder.path("payouts.sqlite")
        try FileManager.default.copyItem(atPath: file, toPath: file + ".kept")
        let elsewhere = opening { $0.home = LedgerHome(path: file, machine: "another one") }
        try Ledger(in: folder, opening: elsewhere).close()
        try putBack(file)
        let older = try Ledger(in: folder, opening: elsewhere)
        _ = try older.importBatch(Samples.batch(rows: 2), isDeliberate: false)
        #expect(try older.batch(named: "payroll").asksFirst)
    }

    @Test func aLostLedgerCanBeReplacedAlsoIfItsJournalIsDamaged() async throws {
        try await begin()
        for end in ["", "-wal", "-shm"] { unsafe unlink(folder.path("payouts.sqlite") + end) }
        let url = URL(fileURLWithPath: journal)
        var bytes = try Data(contentsOf: url)
        bytes[bytes.count - 120] ^= 1
        try bytes.write(to: url)
        try Ledger(in: folder, opening: opening { $0.creation = .replacingLost }).close()
        let ledger = try Ledger(in: folder)
        _ = try ledger.importBatch(Samples.batch(rows: 4), isDeliberate: false)
        #expect(try ledger.batch(named: "payroll").asksFirst)
        #expect(try ledger.verify() == [])
    }

    @Test func readingTheLedgerRepairsItToo() async throws {
        try await begin()
        try putBack(folder.path("payouts.sqlite"))
        #expect(try states(Ledger(in: folder, opening: .reading)) == [.unknown, .unknown, .queued, .queued])
    }

    @Test func anOlderJournalNeedsAPerson() async throws {
        try await begin()
        try putBack(journal)
        let (path, file) = (folder.path("payouts.sqlite"), journal)
        #expect(throws: LedgerError.journalUnusable(ledger: path, journal: file, trouble: .older)) {
            try Ledger(in: folder)
        }
        let newest = try Ledger(in: folder, opening: opening { $0.recovery = .newest })
        #expect(try states(newest) == [.paid, .paid, .queued, .queued])
        #expect(try !newest.batch(named: "payroll").asksFirst)
        try newest.close()
        _ = try Ledger(in: folder)
    }

    /// The person is wrong: the journal proves it.
    @Test func rowsThatADamagedJournalStillProvesAreNotSentAfterRecoverNewest() async throws {
        try await begin()
        try putBack(folder.path("payouts.sqlite"))
        let url = URL(fileURLWithPath: journal)
        var bytes = try Data(contentsOf: url)
        bytes[bytes.count - 120] ^= 1
        try bytes.write(to: url)
        #expect(throws: LedgerError.self) { try Ledger(in: folder) }
        let ledger = try Ledger(in: folder, opening: opening { $0.recovery = .newest })
        #expect(try states(ledger).filter { $0 == .unknown }.count >= 1)
        // The unreadable file is kept.
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
        #expect(names.contains { $0.contains(".sends.damaged-") })
    }

    /// The person is wrong: the ledger has no such batch, and the readable part of the journal does.
    @Test func aForgottenBatchStaysInTheJournalAlthoughTheJournalWasDamaged() async throws {
        let ledger = try Ledger(in: folder)
        try ledger.eraseJournal()
        try FileManager.default.copyItem(atPath: ledger.path, toPath: ledger.path + ".kept")
        _ = try ledger.importBatch(Samples.batch(rows: 4), isDeliberate: false)
        let commits = CommitQueue(ledger: ledger)
        for payout in try ledger.pending(in: ledger.batch(named: "payroll"), senderName: "ACME", after: 0, limit: 4) {
            _ = try await commits.claim(payout)
        }
        try ledger.close()
        try putBack(folder.path("payouts.sqlite"))
        let url = URL(fileURLWithPath: journal)
        var bytes = try Data(contentsOf: url)
        bytes[bytes.count - 20] ^= 1
        try bytes.write(to: url)
        let newest = try Ledger(in: folder, opening: opening { $0.recovery = .newest })
        #expect(try newest.forgottenBatches().map(\.reference) == ["payroll"])
        _ = try newest.importBatch(Samples.batch(rows: 4), isDeliberate: false)
        #expect(try states(newest).prefix(3) == [.unknown, .unknown, .unknown])
    }

    /// The ledger stores the person's choice before the journal becomes usable again.
    @Test func aRecoveryThatWasInterruptedMustBeRepeated() async throws {
        try await begin()
        for file in [folder.path("payouts.sqlite"), journal] { try putBack(file) }
        try FileManager.default.removeItem(atPath: journal)
        let failing = opening {
            $0.recovery = .older
            $0.disk = JournalDisk(
                write: { _, _, _, _ in throw CocoaError(.fileWriteUnknown) }, sync: { _, _ in }, rename: { _, _ in },
                isOverlapped: false)
        }
        #expect(throws: LedgerError.self) { try Ledger(in: folder, opening: failing) }
        #expect(throws: LedgerError.self) { try Ledger(in: folder) }
        let ledger = try Ledger(in: folder, opening: opening { $0.recovery = .older })
        #expect(try ledger.batch(named: "payroll").asksFirst)
    }

    @Test func aCommitIsNotAppendedToACommitThatIsNotInTheLedger() async throws {
        try await begin()
        let first = try Ledger(in: folder)
        let batch = try first.batch(named: "payroll").id
        // An older copy replaces the content of the open file.
        let kept = try Data(contentsOf: URL(fileURLWithPath: first.sends.path + ".kept"))
        try kept.write(to: URL(fileURLWithPath: first.sends.path))
        #expect(throws: LedgerError.self) { try first.setPause(Reason(.stoppedByPerson), on: batch) }
    }

    @Test func aMissingLedgerIsNotCreatedAgainWithoutAPersonsChoice() async throws {
        try await begin()
        for end in ["", "-wal", "-shm"] { unsafe unlink(folder.path("payouts.sqlite") + end) }
        #expect(throws: LedgerError.isMissing(path: folder.path("payouts.sqlite"), others: ["payouts.sqlite"])) {
            try Ledger(in: folder)
        }
        #expect(!FileManager.default.fileExists(atPath: folder.path("payouts.sqlite")))
        let ledger = try Ledger(in: folder, opening: opening { $0.creation = .replacingLost })
        _ = try ledger.importBatch(Samples.batch(rows: 4), isDeliberate: false)
        #expect(try states(ledger) == [.unknown, .unknown, .queued, .queued])
    }

    /// Creates a ledger, loses it with its journal, pays the file from a new ledger, and then finds the old files again.
    ///
    /// - Parameters:
    ///   - sends: the number of rows that the new ledger pays.
    ///   - whileOld: what happens in the old ledger before it is lost.
    private func beginTwice(
        rows: Int = 4, sends: Int = 2, whileOld: (Ledger) async throws -> Void = { _ in }
    ) async throws {
        let old = try Ledger(in: folder)
        _ = try old.importBatch(Samples.batch(rows: rows), isDeliberate: false)
        try await whileOld(old)
        try old.eraseJournal()
        try old.close()
        let lost = [old.path, old.sends.path]
        for file in lost {
            try FileManager.default.moveItem(atPath: file, toPath: file + ".kept")
            for end in ["-wal", "-shm"] { unsafe unlink(file + end) }
        }
        let new = try Ledger(in: folder, opening: opening { $0.creation = .secondLedger })
        _ = try new.importBatch(Samples.batch(rows: rows), isDeliberate: false)
        let commits = CommitQueue(ledger: new)
        for payout in try new.pending(in: new.batch(named: "payroll"), senderName: "ACME", after: 0, limit: sends) {
            _ = try await commits.claim(payout)
            try await commits.settle(payout.attempt, as: .paid(Samples.receipt))
        }
        try new.close()
        for file in lost { try putBack(file) }
    }

    @Test func rowsThatANewerLedgerSentAreUnknownInAnOldOneThatReturnsWithItsJournal() async throws {
        try await beginTwice()
        let ledger = try Ledger(in: folder)
        let payroll = try ledger.batch(named: "payroll")
        #expect(try states(ledger) == [.unknown, .unknown, .queued, .queued])
        #expect(payroll.asksFirst)
        #expect(ledger.findings.withLock { $0 } == [.sentElsewhere([try BatchReference("payroll"): 2])])
        #expect(throws: LedgerError.mayBePaid(row: 5)) { try ledger.withdraw(row: 5, of: payroll.id, note: "no") }
        #expect(try ledger.verify() == [])
        try ledger.close()
        // The finding is reported only once.
        #expect(try Ledger(in: folder).findings.withLock { $0 }.isEmpty)
    }

    @Test func noRowOfABatchThatANewerLedgerClosedIsSentOrCorrected() async throws {
        try await beginTwice(rows: 2) { old in
            let commits = CommitQueue(ledger: old)
            let pending = try old.pending(
                in: old.batch(named: "payroll"), senderName: "ACME", after: 0, limit: 1)
            _ = try await commits.claim(pending[0])
            try await commits.settle(pending[0].attempt, as: .refused(Reason(.failedAtBank)))
        }
        let ledger = try Ledger(in: folder)
        #expect(try states(ledger) == [.unknown, .unknown])
    }

    @Test func aRowThatTheBankRefusedTwiceIsAskedAboutOnceAndStaysRefused() async throws {
        try await beginTwice { old in
            let commits = CommitQueue(ledger: old)
            for payout in try old.pending(in: old.batch(named: "payroll"), senderName: "ACME", after: 0, limit: 1) {
                _ = try await commits.claim(payout)
                try await commits.settle(payout.attempt, as: .refused(Reason(.failedAtBank)))
            }
        }
        let first = try Ledger(in: folder)
        let batch = try first.batch(named: "payroll").id
        #expect(try states(first) == [.unknown, .unknown, .queued, .queued])
        let row = try #require(try first.unknowns(in: batch).first)
        try await CommitQueue(ledger: first).settle(row.attempt, from: .unknown, as: .refused(Reason(.failedAtBank)))
        try first.close()
        let second = try Ledger(in: folder)
        #expect(try states(second) == [.refused, .unknown, .queued, .queued])
    }

    @Test func aFileOfTwoLostLedgersCanBeImportedAgainAndTheirRowsAreAskedAbout() async throws {
        try await beginTwice()
        for end in ["", "-wal", "-shm"] { unsafe unlink(folder.path("payouts.sqlite") + end) }
        let ledger = try Ledger(in: folder, opening: opening { $0.creation = .replacingLost })
        _ = try ledger.importBatch(Samples.batch(rows: 4), isDeliberate: false)
        #expect(try states(ledger) == [.unknown, .unknown, .queued, .queued])
        #expect(try ledger.batch(named: "payroll").asksFirst)
        try ledger.close()
        #expect(try Ledger(in: folder).findings.withLock { $0 }.isEmpty)
    }

    @Test func theBankIsAskedFirstIfTheJournalOfAnotherLedgerIsUnreadable() async throws {
        let old = try Ledger(in: folder)
        _ = try old.importBatch(Samples.batch(rows: 1), isDeliberate: false)
        try old.close()
        try Data("damaged".utf8).write(to: folder.url.appendingPathComponent("ledger.key.0123456789abcdef.sends"))
        #expect(try Ledger(in: folder).batch(named: "payroll").asksFirst)
    }

    @Test func theSandboxsKeyIsRotatedAndTheRealOneStays() throws {
        let real = try Ledger(in: folder, name: "real.sqlite")
        try real.close()
        let before = try Data(contentsOf: folder.url.appendingPathComponent("ledger.key"))
        let sandbox = opening { $0.isSandbox = true }
        try Ledger(in: folder, name: "sandbox.sqlite", opening: sandbox).close()
        let rotated = try Ledger.rotateKey(
            ofLedgerAt: folder.path("sandbox.sqlite"), keyFile: KeyFile(path: folder.path("ledger.key")),
            who: "tester", opening: sandbox, now: { Samples.noon })
        #expect(rotated.key == folder.path("ledger.key.sandbox"))
        #expect(try Data(contentsOf: folder.url.appendingPathComponent("ledger.key")) == before)
        _ = try Ledger(in: folder, name: "real.sqlite")
    }

    /// A step of a group that is refused must not leave the earlier steps written.
    @Test func aRefusedRerunDoesNotChangeTheRow() async throws {
        let ledger = try Ledger(in: folder)
        let batch = try ledger.importBatch(Samples.batch(rows: 1), isDeliberate: false)
        let commits = CommitQueue(ledger: ledger)
        let payout = try #require(
            try ledger.pending(in: try ledger.batch(named: "payroll"), senderName: "ACME", after: 0, limit: 1).first)
        _ = try await commits.claim(payout)
        try await commits.settle(payout.attempt, as: .refused(Reason(.failedAtBank)))
        try ledger.write { db in try db.execute(sql: "UPDATE payout SET name = 'Somebody else'") }
        await #expect(throws: LedgerError.self) {
            try await commits.settle(payout.attempt, from: .refused, as: .rerun(nil))
        }
        #expect(try states(ledger) == [.refused])
        #expect(try ledger.refused(in: batch).count == 1)
    }

    @Test(arguments: [false, true])
    func aRejectionSurvivesAnOlderCopyUnlessTheBatchWasCorrected(isOlder: Bool) async throws {
        let ledger = try Ledger(in: folder)
        _ = try ledger.importBatch(Samples.batch(rows: 4), isDeliberate: false)
        let batch = try ledger.batch(named: "payroll")
        try ledger.eraseJournal()
        try FileManager.default.copyItem(atPath: ledger.path, toPath: ledger.path + ".kept")
        let chief = try Ledger(in: folder, who: "chief")
        try chief.reject(batch.id, note: "not ours")
        try chief.close()
        try ledger.close()
        if isOlder { try putBack(folder.path("payouts.sqlite")) }
        let again = try Ledger(in: folder)
        #expect(try again.statement(of: batch.id).isRejected)
        #expect(try again.verify() == [])
        let rewritten = try again.read { try SendJournalContents(ofLedger: $0) }
        #expect(rewritten.batches.values.first?.rejectedAfter == 0)
        try again.close()
    }

    @Test func aJournalThatOthersCanWriteIsRefused() async throws {
        try await begin()
        unsafe chmod(journal, 0o666)
        #expect(throws: LedgerError.self) { try Ledger(in: folder) }
        unsafe chmod(journal, 0o600)
        try Ledger(in: folder).close()
    }
}
