package import PaymentValues
package import Payouts
package import Processing

/// The rules under which this installation sends money.
package struct SendingRules: Sendable {
    package let limits: Limits
    /// Whether every new batch needs the approval of a second person.
    package let requiresApproval: Bool
    /// The total above which a batch needs the approval of a second person.
    package var approvalAbove: Tiyin?
    /// The total above which a batch needs the approval of two people.
    package var twoApprovalsAbove: Tiyin?
    /// Whether an approval counts only with a second factor.
    package var requiresSecondFactor = false
    /// Whether a verdict on a row counts only after another person gives the same one.
    package var requiresSecondVerdict = false
    /// The kinds of warnings that people at a terminal, cron and the inbox accept in advance. Pages show all warnings.
    package var acceptedWarnings: Set<WarningKind> = []
    package let policy: ReconciliationPolicy
    /// The sender's name in the requests to the bank.
    package let senderName: String
    /// The largest number of requests in flight.
    package let concurrency: Int

    /// Returns the number of people who must approve a batch with this total.
    package func approvalsNeeded(for sum: Tiyin) -> Int {
        if let limit = twoApprovalsAbove, sum > limit { return 2 }
        if requiresApproval { return 1 }
        return if let limit = approvalAbove, sum > limit { 1 } else { 0 }
    }

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
