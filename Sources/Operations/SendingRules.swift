package import PaymentValues
package import Processing

/// The rules under which this installation sends money.
package struct SendingRules: Sendable {
    package let limits: Limits
    /// Whether every new batch needs the approval of a second person.
    package let requiresApproval: Bool
    package let policy: ReconciliationPolicy
    /// The sender name that the bank receives.
    package let senderName: String
    /// The number of requests in flight at once.
    package let concurrency: Int

    /// The most that one row, one batch, and all batches of one day may pay; `nil` for no limit.
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
