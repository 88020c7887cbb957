import Bookkeeping
import Payouts

/// Says what one outcome means for the row and for its slot. It has no side effects.
struct Verdict: Hashable, Sendable {
    let transition: Transition
    let next: Next

    enum Next: Hashable, Sendable {
        /// The slot takes another row.
        case anotherRow
        /// The slot sends the same id again, after the pause that the outcome requires.
        case sameRow(Outcome.Resend)
        /// No slot claims another row.
        case pause(Reason)
    }

    /// Judges an outcome.
    /// - Parameter isDoubtful: whether an earlier send of the same id may have taken effect. If so, only *paid* and
    ///   *needs a human* settle the row. A refusal of the second send proves nothing about the first.
    init(of outcome: Outcome, isDoubtful: Bool) {
        switch outcome {
        case .paid(let receipt):
            transition = .paid(receipt)
            next = .anotherRow
        case .refused(let reason):
            transition = isDoubtful ? .unknown(reason) : .refused(reason)
            next = .anotherRow
        case .refusedForEveryone(let reason, let mayBePaid):
            transition = isDoubtful || mayBePaid ? .unknown(reason) : .requeued(reason)
            next = .pause(reason)
        case .notProcessed(let reason, let resend):
            transition = isDoubtful ? .unknown(reason) : .requeued(reason)
            next = isDoubtful ? .anotherRow : .sameRow(resend)
        case .unknown(let reason), .misdirected(_, let reason):
            transition = .unknown(reason)
            next = .anotherRow
        case .needsHuman(let reason):
            transition = .review(reason)
            next = .anotherRow
        }
    }
}
