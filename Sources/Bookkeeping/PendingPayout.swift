package import PaymentValues

/// A queued payout, ready to be claimed and sent.
package struct PendingPayout: Hashable, Sendable {
    package let attempt: AttemptKey
    package let order: PayoutOrder
    /// Whether an earlier send of the same id may have taken effect. If so, the answer to a new send proves nothing
    /// about the earlier one, unless the answer is "paid".
    package var isDoubtful: Bool
}
