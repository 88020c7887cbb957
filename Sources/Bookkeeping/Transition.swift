package import Payouts

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
    /// Waits to be sent (again) under the same agentTranId. From `refused` only where a person, and not the bank, said that
    /// it is not paid.
    case requeued(Reason)
    /// A row that the bank refused waits to be sent under a new agentTranId: a new attempt, perhaps with what a person
    /// corrected.
    case rerun(Correction?)
    /// A person found out what the bank did.
    case decided(isPaid: Bool, note: String)
    /// A person wants the row not to be paid.
    case withdrawn(note: String)

    package var target: PayoutState {
        switch self {
        case .claimed: .sending
        case .paid: .paid
        case .refused: .refused
        case .unknown: .unknown
        case .review: .review
        case .requeued, .rerun: .queued
        case .decided(let isPaid, _): isPaid ? .paid : .refused
        case .withdrawn: .withdrawn
        }
    }

    package var reason: Reason? {
        switch self {
        case .claimed, .paid, .rerun: nil
        case .refused(let reason), .unknown(let reason), .review(let reason), .requeued(let reason): reason
        case .decided(_, let note): Reason(.decidedByPerson, bankText: note)
        case .withdrawn(let note): Reason(.withdrawnByPerson, bankText: note)
        }
    }

    /// The states that it may leave. From `queued`, what is known without a send is known because the bank was asked
    /// first. A refused row that is to be sent anew is asked about too, and the bank may take its refusal back.
    package var origins: [PayoutState] {
        switch self {
        case .claimed: [.queued]
        case .paid, .review: [.queued, .sending, .unknown, .refused]
        case .refused: [.queued, .sending, .unknown]
        case .unknown: [.queued, .sending, .refused]
        case .requeued: [.sending, .unknown, .refused]
        case .rerun: [.refused]
        case .decided: [.unknown, .review]
        case .withdrawn: [.queued, .refused]
        }
    }
}
