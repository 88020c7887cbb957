import Fixtures
import Foundation
import GRDB
import Payouts
import Testing

@testable import Bookkeeping

@Suite struct LedgerOpeningTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test func commitsAreFlushedToTheDiskAlthoughGRDBLowersThatForWAL() throws {
        let ledger = try Ledger(in: folder)
        let (synchronous, mode) = try ledger.pool.writeWithoutTransaction { db in
            (try Int.fetchOne(db, sql: "PRAGMA synchronous"), try String.fetchOne(db, sql: "PRAGMA journal_mode"))
        }
        #expect(synchronous == 2)
        #expect(mode == "wal")
    }

    @Test func keyAndLedgerAreReadableByTheirOwnerAlone() throws {
        let ledger = try Ledger(in: folder)
        defer { withExtendedLifetime(ledger) {} }
        for name in ["payouts.sqlite", "payouts.sqlite-wal", "ledger.key"] {
            let mode = try FileManager.default.attributesOfItem(atPath: folder.path(name))[.posixPermissions] as? Int
            #expect(mode == 0o600, "\(name)")
        }
    }

    @Test func anotherKeyDoesNotOpenTheLedger() throws {
        try Ledger(in: folder).close()
        _ = try Ledger(in: folder, name: "other.sqlite", key: "other.key")
        let before = try Data(contentsOf: folder.url.appendingPathComponent("payouts.sqlite"))
        #expect(
            throws: LedgerError.keyDoesNotFit(path: folder.path("other.key"), ledger: folder.path("payouts.sqlite"))
        ) {
            try Ledger(in: folder, key: "other.key")
        }
        #expect(try Data(contentsOf: folder.url.appendingPathComponent("payouts.sqlite")) == before)
    }

    @Test func aMissingKeyIsNotReplacedByANewOne() throws {
        try Ledger(in: folder).close()
        try FileManager.default.removeItem(atPath: folder.path("ledger.key"))
        #expect(throws: LedgerError.keyMissing(path: folder.path("ledger.key"))) { try Ledger(in: folder) }
        #expect(!FileManager.default.fileExists(atPath: folder.path("ledger.key")))
    }

    @Test(arguments: ["not a database at all, but long enough to be looked at as if it were one", "short"])
    func aFileThatIsNotALedgerIsNotChanged(text: String) throws {
        let url = folder.url.appendingPathComponent("payouts.sqlite")
        try Data(text.utf8).write(to: url)
        #expect(throws: LedgerError.notALedger(path: url.path)) { try Ledger(in: folder) }
        #expect(try Data(contentsOf: url) == Data(text.utf8))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["payouts.sqlite"])
    }

    @Test func aDatabaseOfAnotherProgramIsNotChanged() throws {
        let path = folder.path("payouts.sqlite")
        let other = try DatabaseQueue(path: path)
        try other.write { try $0.execute(sql: "CREATE TABLE theirs (x)") }
        try other.close()
        let before = try Data(contentsOf: URL(fileURLWithPath: path))
        #expect(throws: LedgerError.notALedger(path: path)) { try Ledger(in: folder) }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
    }

    @Test func aLedgerOfANewerVersionIsNotOpened() throws {
        let ledger = try Ledger(in: folder)
        try ledger.write { db in
            try db.execute(sql: "INSERT INTO grdb_migrations VALUES ('99: from the future')")
        }
        try ledger.close()
        #expect(throws: LedgerError.newerVersion(path: folder.path("payouts.sqlite"))) { try Ledger(in: folder) }
    }

    @Test func aDirectoryIsNotALedger() throws {
        try FileManager.default.createDirectory(
            at: folder.url.appendingPathComponent("payouts.sqlite"), withIntermediateDirectories: false)
        #expect(throws: LedgerError.notALedger(path: folder.path("payouts.sqlite"))) { try Ledger(in: folder) }
    }

    @Test func aSecondRunnerIsRefusedAtOnceAndToldWhoHoldsTheLedger() throws {
        let path = folder.path("payouts.sqlite")
        let first = try RunnerLock(ledgerPath: path, holder: "process 1 of aziz")
        #expect(throws: LedgerError.runnerBusy(holder: "process 1 of aziz")) {
            try RunnerLock(ledgerPath: path, holder: "process 2 of dilnoza")
        }
        first.release()
        _ = try RunnerLock(ledgerPath: path, holder: "process 2 of dilnoza")
    }

    @Test func writersOfTwoConnectionsTakeTurnsAndNothingIsLost() async throws {
        let ledgers = [try Ledger(in: folder), try Ledger(in: folder)]
        let batch = try ledgers[0].importBatch(Samples.batch(rows: 1), isDeliberate: false)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for ledger in ledgers {
                group.addTask {
                    for turn in 1...100 {
                        try ledger.setPause(Reason(.stoppedByPerson, bankText: "turn \(turn)"), on: batch)
                        if turn.isMultiple(of: 10) { try ledger.eraseJournal() }
                    }
                }
            }
            try await group.waitForAll()
        }
        let (turns, integrity) = try ledgers[0].read { db in
            (
                try Int.fetchOne(db, sql: "SELECT count(*) FROM event WHERE kind = 'paused'"),
                try String.fetchOne(db, sql: "PRAGMA integrity_check")
            )
        }
        #expect(turns == 200)
        #expect(integrity == "ok")
    }

    @Test(arguments: ["payouts.sqlite", "payouts.sqlite-wal"])
    func nothingIsWrittenToADeletedLedgerNotEvenAnAnswer(name: String) async throws {
        let ledger = try Ledger(in: folder)
        _ = try ledger.importBatch(Samples.batch(rows: 2), isDeliberate: false)
        let payout = try #require(
            try ledger.pending(in: try ledger.batch(named: "payroll"), senderName: "ACME", after: 0, limit: 1).first)
        let commits = CommitQueue(ledger: ledger)
        _ = try await commits.claim(payout)
        try FileManager.default.removeItem(atPath: folder.path(name))
        await #expect(throws: LedgerError.isGone(path: folder.path(name))) {
            try await commits.settle(payout.attempt, as: .paid(Samples.receipt))
        }
    }
}
