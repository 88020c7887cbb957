import Bookkeeping
import Payouts

/// The stage of a batch, which decides what to do next.
enum BatchStage: Hashable, Sendable {
    /// A second person must approve the batch before it is sent.
    case waitsForApproval
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

    /// Derives the stage from a statement.
    ///
    /// - Parameters:
    ///   - needsApproval: whether the batch may be sent only after an approval.
    ///   - isRunning: whether a run of this batch is active.
    init(of statement: BatchStatement, needsApproval: Bool, isRunning: Bool) {
        if isRunning {
            self = .running
        } else if statement[.sending].rows > 0 {
            self = .interrupted
        } else if statement.notSent.rows == 0 {
            self = .sent
        } else if statement.lacksApproval(needsApproval) {
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
    /// Returns whether rows wait to be sent and nobody has approved them yet. This also holds while a run asks the bank
    /// about the other rows.
    ///
    /// - Parameter isNeeded: whether the batch may be sent only after an approval.
    func lacksApproval(_ isNeeded: Bool) -> Bool { isNeeded && !isApproved && notSent.rows > 0 }

    /// Whether the batch is approved in its current state.
    var isApproved: Bool {
        if case .given = approval { true } else { false }
    }
}
