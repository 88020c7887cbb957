import Fixtures
import Foundation
import GRDB
import Payouts
import Testing

@testable import Bookkeeping

/// Faults that SIGKILL cannot show: a disk that loses unsynced data, whose fsync fails, or that is full.
@Suite struct PowerCutTests {
    static let seed = TestSetting.seed.number(else: 20_261_124)

    /// The commits that were reported durable before the disk failed.
    private struct Promised: Sendable {
        var claimed: Set<Int> = []
        var paid: Set<Int> = []
    }

    /// Claims and pays rows, four at a time, until the disk fails or all are paid.
    private func work(on ledger: Ledger) async throws -> Promised {
        let commits = CommitQueue(ledger: ledger)
        let batch = try ledger.batch(named: "payroll")
        let pending = try ledger.pending(in: batch, senderName: "ACME", after: 0, limit: 100)
        return await withTaskGroup(of: Promised.self) { group in
            for slot in 0..<4 {
                let share = pending.filter { $0.attempt.row % 4 == slot }
                group.addTask { await Self.pay(share, through: commits) }
            }
            return await group.reduce(into: Promised()) { all, promised in
                all.claimed.formUnion(promised.claimed)
                all.paid.formUnion(promised.paid)
            }
        }
    }

    private static func pay(_ payouts: [PendingPayout], through commits: CommitQueue) async -> Promised {
        var promised = Promised()
        do {
            for payout in payouts where try await commits.claim(payout) {
                promised.claimed.insert(payout.attempt.row)
                try await commits.settle(payout.attempt, as: .paid(Samples.receipt))
                promised.paid.insert(payout.attempt.row)
            }
        } catch {
            // The disk has failed; everything reported before must be on it.
        }
        return promised
    }

    @Test(arguments: 0..<40)
    func reportedCommitsSurviveAPowerCut(round: Int) async throws {
        var random = SeededGenerator(seed: Self.seed &+ UInt64(round))
        let (before, after) = (try TemporaryFolder(), try TemporaryFolder())
        let disk = LossyDisk(before)
        let ledger = try Ledger(in: before, disk: disk)
        _ = try ledger.importBatch(Samples.batch(rows: 40), isDeliberate: false)
        // The range covers the first byte of the first claim to well after the last answer.
        disk.cut(
            round % 4 == 0 ? .kill : .power, atOperation: Int.random(in: 1...500, using: &random), seed: random.next(),
            leaving: after)
        let promised = try await work(on: ledger)
        if !disk.isCut { #expect(disk.cutNow(.power, seed: random.next(), leaving: after)) }

        try FileManager.default.copyItem(atPath: before.path("ledger.key"), toPath: after.path("ledger.key"))
        let rebuilt = try Ledger(in: after)
        #expect(try rebuilt.verify() == [], "seed \(Self.seed), round \(round)")
        var states: [Int: PayoutState] = [:]
        try rebuilt.report(on: try rebuilt.batch(named: "payroll").id) { batch in
            try batch.forEachRow { states[$0.row] = $0.state }
        }
        for row in promised.paid { #expect(states[row] == .paid, "seed \(Self.seed), round \(round), row \(row)") }
        for row in promised.claimed { #expect(states[row] != .queued, "seed \(Self.seed), round \(round), row \(row)") }
        withExtendedLifetime(ledger) {}
    }

    /// Shows that this disk reveals a missing fsync.
    @Test func withoutSyncingACommitIsLostWhenThePowerFails() async throws {
        var lost = 0
        for seed in 0..<20 {
            let (before, after) = (try TemporaryFolder(), try TemporaryFolder())
            let disk = LossyDisk(before)
            let ledger = try Ledger(in: before, disk: disk)
            _ = try ledger.importBatch(Samples.batch(rows: 8), isDeliberate: false)
            try ledger.eraseJournal()
            try await ledger.pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = OFF") }
            let promised = try await work(on: ledger)
            #expect(disk.cutNow(.power, seed: UInt64(seed), leaving: after))
            try FileManager.default.copyItem(atPath: before.path("ledger.key"), toPath: after.path("ledger.key"))
            do {
                let rebuilt = try Ledger(in: after)
                let paid = try rebuilt.statement(of: try rebuilt.batch(named: "payroll").id)[.paid].rows
                if paid < promised.paid.count { lost += 1 }
            } catch LedgerError.logDamaged {
                lost += 1
            }
        }
        #expect(lost > 0)
    }

    @Test(arguments: [true, false])
    func afterAFailedSyncOrAFullDiskNothingMoreIsClaimedAndTheLedgerIsSound(isFull: Bool) async throws {
        for failing in [1, 2, 3, 5, 8] {
            let folder = try TemporaryFolder()
            let disk = LossyDisk(folder)
            let ledger = try Ledger(in: folder, disk: disk)
            _ = try ledger.importBatch(Samples.batch(rows: 40), isDeliberate: false)
            if isFull { disk.fill(atWrite: failing) } else { disk.failSync(failing) }
            let promised = try await work(on: ledger)
            #expect(disk.hasFailed)
            #expect(promised.claimed.count < 40)
            let next = try ledger.pending(
                in: try ledger.batch(named: "payroll"), senderName: "ACME", after: 0, limit: 100)
            #expect(!next.isEmpty)

            disk.repair()
            try ledger.close()
            let again = try Ledger(in: folder)
            #expect(try again.verify() == [])
            let statement = try again.statement(of: try again.batch(named: "payroll").id)
            #expect(statement[.paid].rows >= promised.paid.count)
            // The rows of the failed commit may have been sent if the journal has them.
            let begun = statement[.sending].rows + statement[.unknown].rows
            #expect(try await work(on: again).paid.count + statement[.paid].rows + begun == 40)
        }
    }

    /// A failed fsync is reported only once. A power cut then loses its data and everything appended after it, however
    /// well that was synced.
    @Test func claimsAfterAFailedSyncSurviveAPowerCut() async throws {
        let (before, after) = (try TemporaryFolder(), try TemporaryFolder())
        let disk = LossyDisk(before)
        do {
            let ledger = try Ledger(in: before, disk: disk)
            _ = try ledger.importBatch(Samples.batch(rows: 40), isDeliberate: false)
            disk.failSync(4)
            _ = try await work(on: ledger)
            #expect(disk.hasFailed)
        }
        disk.repair()
        let ledger = try Ledger(in: before, disk: disk)
        _ = try ledger.takeOver()
        let promised = try await work(on: ledger)
        #expect(promised.paid.count > 10)
        #expect(disk.cutNow(.power, seed: Self.seed, leaving: after))
        try FileManager.default.copyItem(atPath: before.path("ledger.key"), toPath: after.path("ledger.key"))
        let rebuilt = try Ledger(in: after)
        #expect(try rebuilt.verify() == [])
        #expect(
            try rebuilt.statement(of: try rebuilt.batch(named: "payroll").id)[.paid].rows >= promised.paid.count)
        withExtendedLifetime(ledger) {}
    }

    @Test func rewritingAJournalDoesNotChangeItsBytes() throws {
        let folder = try TemporaryFolder()
        let ledger = try Ledger(in: folder)
        _ = try ledger.importBatch(Samples.batch(rows: 3000), isDeliberate: false)
        let url = folder.url.appendingPathComponent("payouts.sqlite-wal")
        let bytes = try Data(contentsOf: url)
        #expect(bytes.count > 1 << 20)
        try ledger.secureJournal()
        #expect(try Data(contentsOf: url) == bytes)
        #expect(try ledger.verify() == [])
    }
}
