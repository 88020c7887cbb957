import Payouts

/// A change of a payout's state, with the evidence for it. The only way in which a state changes.
package enum Transition: Hashable, Sendable {
    /// The right to send, once. On disk before the first byte leaves.
    ///
    /// - Parameter isDoubtful: whether an earlier send of the same id may have been carried out.
    case claimed(isDoubtful: Bool)
    case paid(BankReceipt)
    case refused(Reason)
    case unknown(Reason)
    case review(Reason)
    /// Waits to be sent (again) under the same agentTranId.
    case requeued(Reason)

    package var target: PayoutState {
        switch self {
        case .claimed: .sending
        case .paid: .paid
        case .refused: .refused
        case .unknown: .unknown
        case .review: .review
        case .requeued: .queued
        }
    }

    package var reason: Reason? {
        switch self {
        case .claimed, .paid: nil
        case .refused(let reason), .unknown(let reason), .review(let reason), .requeued(let reason): reason
        }
    }
}

extension PayoutState {
    /// The states that may follow. From `queued`, all but `sending` follow only where the bank was asked first.
    package var successors: Set<PayoutState> {
        switch self {
        case .queued: [.sending, .paid, .refused, .unknown, .review, .withdrawn]
        case .sending: [.queued, .paid, .refused, .unknown, .review]
        case .unknown: [.queued, .paid, .refused, .review]
        case .refused: [.queued, .withdrawn]
        case .review: [.queued, .paid, .refused]
        case .paid, .withdrawn: []
        }
    }
}
