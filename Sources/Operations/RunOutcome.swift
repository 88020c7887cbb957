package import Payouts
package import Processing

/// The outcome of a use case that works on a batch.
package enum RunOutcome: Hashable, Sendable {
    case everyRowPaid
    /// All rows are settled, and some are refused.
    case someRefused
    /// Some rows are unknown or in dispute.
    case someUnsettled
    /// Some rows are unsent, and nobody asked to send them.
    case notAllSent
    /// Some rows are unsent. Another run continues with them.
    case paused(Reason)
    /// The bank could not be reached, and nothing was sent.
    case bankUnreachable(Reason)

    package init(_ ending: RunEnding, _ statement: BatchStatement) {
        switch ending {
        case .paused(let reason): self = .paused(reason)
        case .bankUnreachable(let reason): self = .bankUnreachable(reason)
        case .nothingToDo, .finished: self.init(of: statement)
        }
    }

    /// Computes the outcome of a batch that has no row in flight.
    init(of statement: BatchStatement) {
        if statement.notSent.rows > 0 {
            self = .notAllSent
        } else if statement[.unknown].rows + statement[.sending].rows + statement[.review].rows > 0 {
            self = .someUnsettled
        } else if statement[.refused].rows > 0 {
            self = .someRefused
        } else {
            self = .everyRowPaid
        }
    }
}

/// The result of a finished run.
package struct FinishedRun: Sendable {
    package let outcome: RunOutcome
    package let statement: BatchStatement
    /// The path of the report.
    package let report: String
}
