import Payouts

/// How a batch is to be paid.
package struct RunOptions: Sendable {
    /// The bank's address, to which the batch is bound; `sandbox` for the built-in one.
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
    /// An answer that took longer counts as slow: fewer requests are opened at once. It is still waited for.
    package var softTimeout = Duration.seconds(15)
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
