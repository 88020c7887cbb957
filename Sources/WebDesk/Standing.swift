import Bookkeeping
import Payouts

/// Where a batch is on its way, and so what is to be done next. Pure.
enum Standing: Hashable, Sendable {
    /// A second person must say that it may be sent.
    case waitsForApproval
    /// Nothing was sent yet.
    case ready
    /// Somebody pays it, or asks about it, now.
    case running
    /// A run ended in the middle, as when the machine lost power.
    case interrupted
    case paused(Reason)
    /// Rows of a rerun, or put back by a person, wait to be sent.
    case hasMore
    /// Nothing is left to send.
    case sent

    /// - Parameters:
    ///   - needsApproval: whether it may not be sent without.
    ///   - isRunning: whether a run of this batch is on.
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
    /// Whether there is something to send, and nobody has said yet that it may be: also while a run asks the bank about the rest.
    ///
    /// - Parameter isNeeded: whether it may not be sent without.
    func lacksApproval(_ isNeeded: Bool) -> Bool { isNeeded && !isApproved && notSent.rows > 0 }

    /// As it stands now.
    var isApproved: Bool {
        if case .given = approval { true } else { false }
    }
}
