import Fixtures
import Foundation
import Payouts
import Testing

@testable import Bookkeeping

@Suite struct ClockTests {
    let folder: TemporaryFolder
    let ledger: Ledger
    let batch: BatchRecord

    init() async throws {
        folder = try TemporaryFolder()
        ledger = try Ledger(in: folder)
        _ = try ledger.importBatch(Samples.batch(rows: 1), isDeliberate: false)
        batch = try ledger.batch(named: "payroll")
        let commits = CommitQueue(ledger: ledger)
        let payout = try #require(try ledger.pending(in: batch, senderName: "ACME", after: 0, limit: 1).first)
        try ledger.checkClock(Self.reading(0))
        _ = try await commits.claim(payout)
        try await commits.settle(payout.attempt, as: .unknown(Reason(.noAnswerInTime)))
        try await commits.recordAsking(payout.attempt, notFoundCount: 2, quietSince: nil)
    }

    private static func reading(_ seconds: Double, step: Double = 0, boot: String = "first") -> ClockReading {
        ClockReading(
            wall: Samples.noon.addingTimeInterval(seconds + step), uptime: .seconds(100 + seconds), boot: boot)
    }

    @Test func aClockThatWasNotSetChangesNothing() throws {
        #expect(try !ledger.checkClock(Self.reading(3600, step: 1.5)))
        let unknown = try #require(try ledger.unknowns(in: batch.id).first)
        #expect(unknown.notFoundCount == 2)
        #expect(unknown.quietSince == nil)
    }

    @Test(arguments: [(-7200.0, "first"), (7200.0, "first"), (-10.0, "first"), (10.0, "first"), (0, "second")])
    func aChangedClockOrARebootStartsTheQuietPeriodAgain(step: Double, boot: String) throws {
        let later = Self.reading(3600, step: step, boot: boot)
        #expect(try ledger.checkClock(later))
        let unknown = try #require(try ledger.unknowns(in: batch.id).first)
        #expect(unknown.quietSince == later.wall)
        #expect(unknown.notFoundCount == 0)
        #expect(unknown.lastAskedAt == nil)
        #expect(unknown.lastSentAt.map { $0 <= later.wall } == true)
        #expect(try !ledger.checkClock(Self.reading(7200, step: step, boot: boot)))
    }

    @Test func aChangedClockIsNotReportedIfNoRowIsUnknown() throws {
        let other = try TemporaryFolder()
        let ledger = try Ledger(in: other)
        _ = try ledger.importBatch(Samples.batch(rows: 1), isDeliberate: false)
        #expect(try !ledger.checkClock(Self.reading(0)))
        #expect(try !ledger.checkClock(Self.reading(10, step: 9000)))
    }
}
