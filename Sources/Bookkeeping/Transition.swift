package import Payouts

/// A change of a payout's state, with its evidence. Every change of state is a transition.
package enum Transition: Hashable, Sendable {
    /// The row is claimed: it may be sent once. The claim is on disk before the first byte of the request leaves.
    ///
    /// - Parameter isDoubtful: whether an earlier send of the same id may have taken effect.
    case claimed(isDoubtful: Bool)
    case paid(BankReceipt)
    case refused(Reason)
    case unknown(Reason)
    case review(Reason)
    /// The row waits to be sent, or sent again, under the same agentTranId. From `refused` this is allowed only if a
    /// person recorded the refusal, not the bank.
    case requeued(Reason)
    /// A refused row waits to be sent under a new agentTranId: a new attempt, perhaps with a person's corrections.
    case rerun(Correction?)
    /// A person recorded the bank's answer.
    case decided(isPaid: Bool, note: String)
    /// A person decided that the row must not be paid.
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

    /// The states in which this transition is allowed. From `queued`, only a status query can settle a row that was not
    /// sent. Before a new attempt, the program also queries a refused row. The bank may then report another outcome.
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
