import Fixtures
import Foundation
import PaymentValues
import Payouts
import Testing

@testable import WebDesk

/// The stages of a batch.
@Suite struct BatchStageTests {
    private static func statement(
        _ rows: [PayoutState: Int], bank: String? = "sandbox", pause: Reason? = nil,
        approval: BatchStatement.Approval = .notNeeded
    ) throws -> BatchStatement {
        try Samples.statement(
            rows.mapValues { ControlTotals(rows: $0, sum: .zero) }, bank: bank, pause: pause, approval: approval)
    }

    private static func stage(
        _ statement: BatchStatement, approvals: Int = 0, isRunning: Bool = false
    ) -> BatchStage {
        BatchStage(of: statement, approvalsNeeded: approvals, isRunning: isRunning)
    }

    @Test func aNewBatchIsReadyOrWaitsForASecondPerson() throws {
        let new = try Self.statement([.queued: 3], bank: nil, approval: .missing(after: []))
        #expect(Self.stage(new) == .ready)
        #expect(Self.stage(new, approvals: 1) == .waitsForApproval)
        let approved = try Self.statement([.queued: 3], bank: nil, approval: .given(by: ["rustam@desk"]))
        #expect(Self.stage(approved, approvals: 1) == .ready)
        // The rules may ask for more approvals now than at the import.
        #expect(Self.stage(approved, approvals: 2) == .waitsForApproval)
    }

    @Test func aRejectedBatchIsRejectedWhileRowsAreLeft() throws {
        let rejected = BatchStatement.Approval.rejected(by: "rustam@desk", note: "wrong month")
        #expect(Self.stage(try Self.statement([.queued: 3], bank: nil, approval: rejected)) == .rejected)
        #expect(Self.stage(try Self.statement([.withdrawn: 3], bank: nil, approval: rejected)) == .sent)
    }

    @Test func aRunIsActiveOrWasInterrupted() throws {
        let sending = try Self.statement([.queued: 1, .sending: 1, .paid: 1])
        #expect(Self.stage(sending, isRunning: true) == .running)
        #expect(Self.stage(sending) == .interrupted)
        #expect(Self.stage(try Self.statement([.sending: 1, .paid: 2])) == .interrupted)
    }

    @Test func remainingRowsHaveACause() throws {
        let pause = Reason(.bankUnreachable)
        #expect(Self.stage(try Self.statement([.queued: 1, .paid: 1], pause: pause)) == .paused(pause))
        #expect(Self.stage(try Self.statement([.queued: 1, .paid: 1])) == .hasMore)
    }

    /// A correction voids the approval. A batch that has begun then waits for another one.
    @Test func aVoidedApprovalIsNeededAgain() throws {
        let corrected = try Self.statement([.queued: 1, .paid: 1], approval: .missing(after: []))
        #expect(Self.stage(corrected, approvals: 1) == .waitsForApproval)
    }

    @Test(arguments: [
        ([PayoutState.paid: 2], "paid"), ([.paid: 1, .refused: 1], "refused"),
        ([.paid: 1, .refused: 1, .review: 1], "review"), ([.refused: 1, .review: 1, .unknown: 1], "unknown"),
        ([.withdrawn: 2], "withdrawn"),
    ])
    func aSentBatchIsNamedByWhatIsMostUrgent(rows: [PayoutState: Int], kind: String) throws {
        let statement = try Self.statement(rows)
        #expect(Self.stage(statement) == .sent)
        #expect(BatchStageView(.sent, of: statement, in: .of(.en)).kind == kind)
    }

    @Test func theRemainingTimeFollowsTheRate() throws {
        var remaining = RemainingTime()
        remaining.take(try Self.statement([.queued: 100]), at: .seconds(10))
        #expect(remaining.left == nil)
        remaining.take(try Self.statement([.queued: 90, .paid: 10]), at: .seconds(11))
        #expect(remaining.left == nil)
        remaining.take(try Self.statement([.queued: 60, .sending: 10, .paid: 30]), at: .seconds(16))
        #expect(remaining.left == .seconds(14))
        remaining.take(try Self.statement([.paid: 100]), at: .seconds(20))
        #expect(remaining.left == nil)
    }
}
