import Bookkeeping
import Payouts

/// The stage of a batch, which decides what to do next.
enum BatchStage: Hashable, Sendable {
    /// A second person must approve the batch before it is sent.
    case waitsForApproval
    /// A person rejected the batch, and some of its rows are left.
    case rejected
    /// Nothing has been sent yet.
    case ready
    /// A run pays the batch or asks the bank about it now.
    case running
    /// A run was interrupted, for example by a power cut.
    case interrupted
    case paused(Reason)
    /// Rows that were queued again wait to be sent.
    case hasMore
    /// Nothing is left to send.
    case sent

    /// Computes the stage from a statement.
    ///
    /// - Parameters:
    ///   - approvalsNeeded: the number of people who must approve the batch before it is sent.
    ///   - isRunning: whether a run of this batch is active.
    init(of statement: BatchStatement, approvalsNeeded: Int, isRunning: Bool) {
        if isRunning {
            self = .running
        } else if statement[.sending].rows > 0 {
            self = .interrupted
        } else if statement.notSent.rows == 0 {
            self = .sent
        } else if statement.isRejected {
            self = .rejected
        } else if statement.lacksApproval(approvalsNeeded) {
            self = .waitsForApproval
        } else if let pause = statement.pause {
            self = .paused(pause)
        } else if statement.bank == nil {
            self = .ready
        } else {
            self = .hasMore
        }
    }
}

extension BatchStatement {
    /// Returns whether rows wait to be sent and too few people have approved them yet. This also holds while a run asks
    /// the bank about the other rows.
    ///
    /// - Parameter needed: the number of people who must approve the batch before it is sent.
    func lacksApproval(_ needed: Int) -> Bool { approvers.count < needed && notSent.rows > 0 }

    /// Whether the batch is approved in its current state.
    var isApproved: Bool {
        if case .given = approval { true } else { false }
    }
}
