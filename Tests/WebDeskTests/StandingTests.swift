import Fixtures
import Foundation
import PaymentValues
import Payouts
import Testing

@testable import WebDesk

/// Where a batch is on its way.
@Suite struct StandingTests {
    private static func statement(
        _ rows: [PayoutState: Int], bank: String? = "sandbox", pause: Reason? = nil,
        approval: BatchStatement.Approval = .notNeeded
    ) throws -> BatchStatement {
        BatchStatement(
            reference: try BatchReference("payroll"), fileName: "payroll.csv",
            digest: try #require(FileDigest(hex: String(repeating: "5a", count: 32))), importedBy: "aziz@desk",
            importedAt: Samples.noon, bank: bank, file: ControlTotals(rows: rows.values.reduce(0, +), sum: Tiyin(100)),
            totals: rows.mapValues { ControlTotals(rows: $0, sum: .zero) }, commission: .zero, pause: pause,
            accounts: [Samples.account], approval: approval)
    }

    private static func standing(
        _ statement: BatchStatement, needsApproval: Bool = false, isRunning: Bool = false
    ) -> Standing {
        Standing(of: statement, needsApproval: needsApproval, isRunning: isRunning)
    }

    @Test func aNewBatchIsReadyOrWaitsForASecondPerson() throws {
        let new = try Self.statement([.queued: 3], bank: nil, approval: .missing)
        #expect(Self.standing(new) == .ready)
        #expect(Self.standing(new, needsApproval: true) == .waitsForApproval)
        let approved = try Self.statement([.queued: 3], bank: nil, approval: .given(by: "rustam@desk"))
        #expect(Self.standing(approved, needsApproval: true) == .ready)
    }

    @Test func aRunIsOnOrWasInterrupted() throws {
        let sending = try Self.statement([.queued: 1, .sending: 1, .paid: 1])
        #expect(Self.standing(sending, isRunning: true) == .running)
        #expect(Self.standing(sending) == .interrupted)
        #expect(Self.standing(try Self.statement([.sending: 1, .paid: 2])) == .interrupted)
    }

    @Test func whatIsLeftWaitsForACause() throws {
        let pause = Reason(.bankUnreachable)
        #expect(Self.standing(try Self.statement([.queued: 1, .paid: 1], pause: pause)) == .paused(pause))
        #expect(Self.standing(try Self.statement([.queued: 1, .paid: 1])) == .hasMore)
    }

    /// A correction voids the approval, and a batch that has begun waits for it again.
    @Test func anApprovalThatWasVoidedIsAskedForAgain() throws {
        let corrected = try Self.statement([.queued: 1, .paid: 1], approval: .missing)
        #expect(Self.standing(corrected, needsApproval: true) == .waitsForApproval)
    }

    @Test(arguments: [
        ([PayoutState.paid: 2], "paid"), ([.paid: 1, .refused: 1], "refused"),
        ([.paid: 1, .refused: 1, .review: 1], "review"), ([.refused: 1, .review: 1, .unknown: 1], "unknown"),
        ([.withdrawn: 2], "withdrawn"),
    ])
    func aSentBatchIsNamedByWhatIsMostUrgent(rows: [PayoutState: Int], kind: String) throws {
        let statement = try Self.statement(rows)
        #expect(Self.standing(statement) == .sent)
        #expect(StandingShown(.sent, of: statement, in: .of(.en)).kind == kind)
    }

    @Test func theTimeThatIsLeftFollowsThePace() throws {
        var pace = Pace()
        pace.take(try Self.statement([.queued: 100]), at: .seconds(10))
        #expect(pace.left == nil)
        pace.take(try Self.statement([.queued: 90, .paid: 10]), at: .seconds(11))
        #expect(pace.left == nil)
        pace.take(try Self.statement([.queued: 60, .sending: 10, .paid: 30]), at: .seconds(16))
        #expect(pace.left == .seconds(14))
        pace.take(try Self.statement([.paid: 100]), at: .seconds(20))
        #expect(pace.left == nil)
    }
}
