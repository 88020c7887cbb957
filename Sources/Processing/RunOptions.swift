import Payouts

/// The settings of a run.
package struct RunOptions: Sendable {
    /// The address of the bank that the batch is bound to; `sandbox` for the built-in sandbox.
    package var bankAddress: String
    /// The sender's name in each request.
    package var senderName: String
    /// The largest number of requests in flight, 1 or more.
    package var concurrency: Int
    /// The largest number of sends per second, or `nil` for no limit.
    package var ratePerSecond: Double?
    /// Whether the bank is asked about each row before the row is sent, as after the loss of a ledger.
    package var asksFirst = false
    /// Whether a person confirmed that the bank of the batch has a new address.
    package var isSameBank = false
    /// How long the end of a run keeps asking about unknown payouts.
    package var patience = defaultPatience
    /// A response that takes longer counts as slow, and fewer requests are opened at once. The run still waits for it.
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
