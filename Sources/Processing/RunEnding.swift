package import Payouts

/// How a run ended. What became of the rows is in the ledger.
package enum RunEnding: Hashable, Sendable {
    /// There was nothing to send and nothing to ask.
    case nothingToDo
    /// Every row was sent, or is settled.
    case finished
    /// Rows are left unsent, and running again goes on with them.
    case paused(Reason)
    /// The bank could not be reached, and nothing was claimed.
    case bankUnreachable(Reason)
}
