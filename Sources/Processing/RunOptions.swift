import Payouts

/// How a batch is to be paid.
package struct RunOptions: Sendable {
    /// The bank's name or address, to which the batch is bound.
    package var bankAddress: String
    /// The sender's name that the bank is told.
    package var senderName: String
    /// Requests open at once, 1 or more.
    package var concurrency: Int
    /// Sends a second at most, or `nil` for no limit.
    package var ratePerSecond: Double?
    /// Whether the bank is asked about each row before it is sent, as after the loss of a ledger.
    package var asksFirst = false
    /// A person's word that the bank of the batch has a new address.
    package var isSameBank = false
    /// How long the end of a run goes on asking about unknown payouts.
    package var patience = defaultPatience
    package var stopRules: StopRules
    package var backoff = Backoff()

    package static let defaultPatience = Duration.seconds(30)

    package init(
        bankAddress: String, senderName: String, concurrency: Int, ratePerSecond: Double? = nil, stopRules: StopRules
    ) {
        self.bankAddress = bankAddress
        self.senderName = senderName
        self.concurrency = concurrency
        self.ratePerSecond = ratePerSecond
        self.stopRules = stopRules
    }
}

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
