import Payouts
import Processing

/// How a use case that works on a batch ends.
package enum RunOutcome: Hashable, Sendable {
    case everyRowPaid
    /// All is settled, and some rows are refused.
    case someRefused
    /// Some rows are unknown or wait for a person.
    case someUnsettled
    /// Rows are left unsent, and nobody asked to send them.
    case notAllSent
    /// Rows are left unsent: another run goes on with them.
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

    /// The outcome of a batch of which nothing is on its way.
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

/// A run that came to its end, with what it leaves.
package struct FinishedRun: Sendable {
    package let outcome: RunOutcome
    package let statement: BatchStatement
    /// Where the report lies.
    package let report: String
}
