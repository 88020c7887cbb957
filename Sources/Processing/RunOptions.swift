import Payouts

/// The settings of a run.
package struct RunOptions: Sendable {
    /// The address of the bank that the batch is bound to, or `sandbox` for the built-in sandbox.
    package var bankAddress: String
    /// The sender's name in each request.
    package var senderName: String
    /// The largest number of requests in flight, 1 or more.
    package var concurrency: Int
    /// The largest number of sends per second, or `nil` for no limit.
    package var ratePerSecond: Double?
    /// Whether to ask the bank about each row before sending it, for example after the loss of a ledger.
    package var asksFirst = false
    /// Whether a person confirmed that the batch's bank has a new address.
    package var isSameBank = false
    /// The time for which the end of a run keeps asking about unknown payouts.
    package var patience = defaultPatience
    /// The response time that counts as slow and lowers the number of requests in flight. The run still waits for the
    /// answer.
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
