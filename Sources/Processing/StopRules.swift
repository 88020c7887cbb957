package import Bookkeeping
package import Payouts

/// Decides when a series of bad answers shows a common fault. It takes the outcomes in the order of the answers. It has
/// no side effects.
package struct StopRules: Sendable {
    /// The number of consecutive unknown outcomes after which the run stops. The bank is probably down, and more sends
    /// would only add unknown rows.
    package var unknownInARow = 10
    /// The number of consecutive suspect refusals after which the run stops.
    package var suspectInARow = 3
    /// The refusals that suggest a common cause, such as wrong parameters.
    package let suspectCodes: Set<ReasonCode>

    private var unknowns = 0
    private var suspects = 0

    package init(suspectCodes: Set<ReasonCode>) {
        self.suspectCodes = suspectCodes
    }

    /// Takes an outcome. Returns the reason to stop, if there is one now.
    ///
    /// - Parameter transition: the row's transition. A refusal of a doubtful row counts as unknown, like a lost answer.
    package mutating func take(_ outcome: Outcome, as transition: Transition) -> Reason? {
        if case .unknown(let reason) = transition { return take(.unknown(reason)) }
        return take(outcome)
    }

    private mutating func take(_ outcome: Outcome) -> Reason? {
        switch outcome {
        case .unknown(let reason), .misdirected(_, let reason):
            unknowns += 1
            return unknowns >= unknownInARow ? Reason(.tooManyUnknown, bankText: reason.code.rawValue) : nil
        case .refused(let reason) where suspectCodes.contains(reason.code):
            unknowns = 0
            suspects += 1
            return suspects >= suspectInARow ? Reason(.tooManyRefused, bankText: reason.code.rawValue) : nil
        case .paid, .refused, .needsHuman:
            unknowns = 0
            suspects = 0
            return nil
        case .notProcessed, .refusedForEveryone:
            return nil
        }
    }
}
