package import Payouts

/// The end of a run. The outcomes of the rows are in the ledger.
package enum RunEnding: Hashable, Sendable {
    /// There was nothing to send and no row to ask about.
    case nothingToDo
    /// Every row was sent or settled.
    case finished
    /// Some rows were not sent. The next run continues with them.
    case paused(Reason)
    /// The bank could not be reached, and nothing was claimed.
    case bankUnreachable(Reason)
}
