import Fixtures
import Foundation
import PaymentValues
import Payouts
import Synchronization
import Testing

@testable import Bookkeeping

/// Tests the sums that limits are compared with. Rows 2, 3 and 4 pay 200 000, 300 000 and 400 000 tiyin.
@Suite struct LimitTests {
    private let folder: TemporaryFolder
    private let ledger: Ledger
    private let commits: CommitQueue
    private let batch: BatchRecord
    private let clock = Clock()

    private final class Clock: Sendable {
        let now = Mutex(Samples.noon)
    }

    init() throws {
        folder = try TemporaryFolder()
        ledger = try Ledger(in: folder, now: { [clock] in clock.now.withLock { $0 } })
        commits = CommitQueue(ledger: ledger)
        _ = try ledger.importBatch(Samples.batch(rows: 3), isDeliberate: false)
        batch = try ledger.batch(named: "payroll")
    }

    @discardableResult private func claim(row: Int) async throws -> AttemptKey {
        let payout = try #require(
            try ledger.pending(in: batch, senderName: "ACME", after: row - 1, limit: 1).first)
        #expect(payout.attempt.row == row)
        #expect(try await commits.claim(payout))
        return payout.attempt
    }

    private func sent(after seconds: TimeInterval = 0, resending: BatchID? = nil) throws -> Tiyin {
        try ledger.sent(since: Samples.noon.addingTimeInterval(seconds), resending: resending)
    }

    // MARK: The day

    @Test func unsentAndRefusedRowsDoNotCountAgainstTheDay() async throws {
        #expect(try sent() == .zero)
        let refused = try await claim(row: 2)
        try await commits.settle(refused, as: .refused(Reason(.failedAtBank)))
        #expect(try sent() == .zero)
        let requeued = try await claim(row: 3)
        try await commits.settle(requeued, as: .requeued(Reason(.tooManyRequests)))
        #expect(try sent() == .zero)
        try ledger.withdraw(row: 3, of: batch.id, note: "left the company")
        #expect(try sent() == .zero)
    }

    /// A row under review, too, may turn out to be paid.
    @Test(arguments: [
        nil, Transition.paid(Samples.receipt), .unknown(Reason(.connectionLost)), .review(Reason(.unclearAtBank)),
    ])
    func rowsThatMayBePaidCountAgainstTheDay(settled: Transition?) async throws {
        let attempt = try await claim(row: 2)
        if let settled { try await commits.settle(attempt, as: settled) }
        #expect(try sent() == Tiyin(200_000))
        try await claim(row: 4)
        #expect(try sent() == Tiyin(600_000))
    }

    @Test func aDayBeginsWithItsFirstMoment() async throws {
        try await claim(row: 2)
        #expect(try sent() == Tiyin(200_000))
        #expect(try sent(after: 0.001) == .zero)
        #expect(try sent(after: -0.001) == Tiyin(200_000))
    }

    /// The bank refused the row yesterday; what was sent of it today counts.
    @Test func aRowThatWasRunAgainCountsOnTheDayOfItsLatestAttempt() async throws {
        let first = try await claim(row: 2)
        try await commits.settle(first, as: .refused(Reason(.failedAtBank)))
        try await commits.settle(first, from: .refused, as: .rerun(nil))
        clock.now.withLock { $0 += 86_400 }
        try await commits.settle(try await claim(row: 2), as: .paid(Samples.receipt))
        #expect(try sent(after: 86_400) == Tiyin(200_000))
        #expect(try sent() == Tiyin(200_000))
    }

    /// The rows to send include them already, so do not count them twice.
    @Test func onlyTheUnknownRowsOfTheBatchThatIsSentAgainAreCountedElsewhere() async throws {
        try await commits.settle(try await claim(row: 2), as: .unknown(Reason(.connectionLost)))
        try await commits.settle(try await claim(row: 3), as: .review(Reason(.unclearAtBank)))
        #expect(try sent(resending: batch.id) == Tiyin(300_000))
        #expect(try sent(resending: BatchID(number: batch.id.number + 1)) == Tiyin(500_000))
        #expect(try sent() == Tiyin(500_000))
    }

    // MARK: One row

    @Test func aRowAtTheLimitMayBeSentAndOneAboveItMayNot() throws {
        #expect(try ledger.rowAbove(Tiyin(400_000), in: batch.id) == nil)
        #expect(try ledger.rowAbove(Tiyin(399_999), in: batch.id) == 4)
        #expect(try ledger.rowAbove(Tiyin(100_000), in: batch.id) == 2)
        #expect(try ledger.rowAbove(.zero, in: BatchID(number: batch.id.number + 1)) == nil)
    }

    @Test func theRowLimitLooksAtTheBatchAlone() throws {
        let larger = Samples.batch(rows: 4, reference: "bonus")
        _ = try ledger.importBatch(larger, isDeliberate: true)
        #expect(try ledger.rowAbove(Tiyin(400_000), in: batch.id) == nil)
        #expect(try ledger.rowAbove(Tiyin(400_000), in: ledger.batch(named: "bonus").id) == 5)
    }

    /// An unknown row may be sent again. A settled row, or a row in review, is not sent.
    @Test(arguments: [
        (Transition.unknown(Reason(.connectionLost)), true), (.requeued(Reason(.tooManyRequests)), true),
        (.paid(Samples.receipt), false), (.refused(Reason(.failedAtBank)), false),
        (.review(Reason(.unclearAtBank)), false),
    ])
    func aRowAboveTheLimitCountsOnlyWhileItMayBeSent(settled: Transition, mayBeSent: Bool) async throws {
        try await commits.settle(try await claim(row: 4), as: settled)
        #expect(try ledger.rowAbove(Tiyin(399_999), in: batch.id) == (mayBeSent ? 4 : nil))
    }
}
