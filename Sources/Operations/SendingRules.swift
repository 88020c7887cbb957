package import PaymentValues
package import Processing

/// The rules under which this installation sends money.
package struct SendingRules: Sendable {
    package let limits: Limits
    /// Whether every new batch needs the approval of a second person.
    package let requiresApproval: Bool
    package let policy: ReconciliationPolicy
    /// The sender's name in the requests to the bank.
    package let senderName: String
    /// The largest number of requests in flight.
    package let concurrency: Int

    /// The limits for one row, one batch, and all batches of one day. `nil` means no limit.
    package struct Limits: Sendable {
        package let row: Tiyin?
        package let batch: Tiyin?
        package let day: Tiyin?

        package init(row: Tiyin? = nil, batch: Tiyin? = nil, day: Tiyin? = nil) {
            self.row = row
            self.batch = batch
            self.day = day
        }
    }

    package init(
        limits: Limits = Limits(), requiresApproval: Bool = false, policy: ReconciliationPolicy, senderName: String,
        concurrency: Int
    ) {
        self.limits = limits
        self.requiresApproval = requiresApproval
        self.policy = policy
        self.senderName = senderName
        self.concurrency = concurrency
    }
}
