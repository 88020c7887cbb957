import Bookkeeping
package import PaymentValues
package import Payouts

/// A change of a payout's state that is on disk, reported to the observer of a run.
package struct PayoutMove: Hashable, Sendable {
    package let row: Int
    package let id: AgentTransactionID
    package let amount: Tiyin
    package let from: PayoutState
    package let to: PayoutState
    package let reason: Reason?

    init(of attempt: AttemptKey, amount: Tiyin, from: PayoutState, by transition: Transition) {
        row = attempt.row
        id = attempt.id
        self.amount = amount
        self.from = from
        to = transition.target
        reason = transition.reason
    }
}
