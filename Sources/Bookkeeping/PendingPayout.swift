package import PaymentValues

/// A queued payout, ready to be claimed and sent.
package struct PendingPayout: Hashable, Sendable {
    package let attempt: AttemptKey
    package let order: PayoutOrder
    /// Whether an earlier send of the same id may have taken effect. If so, only the answer “paid” says anything about
    /// the earlier send.
    package var isDoubtful: Bool
}
