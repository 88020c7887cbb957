package import Bookkeeping
package import Payouts

/// When a run of bad answers means that something is wrong with more than single rows. Pure: told each outcome in the
/// order of the answers, it says when to stop.
package struct StopRules: Sendable {
    /// So many unknown outcomes one after the other: the bank is down, and going on would only make more of them.
    package var unknownInARow = 10
    /// So many refusals, one after the other, for what looks like one common cause.
    package var suspectInARow = 3
    /// The refusals that hint at a common cause, such as wrong parameters.
    package let suspectCodes: Set<ReasonCode>

    private var unknowns = 0
    private var suspects = 0

    package init(suspectCodes: Set<ReasonCode>) {
        self.suspectCodes = suspectCodes
    }

    /// The reason to stop, where this outcome completes one.
    ///
    /// - Parameter transition: what became of the row: a refusal leaves a doubtful row as unknown as a lost answer does.
    package mutating func take(_ outcome: Outcome, as transition: Transition) -> Reason? {
        if case .unknown(let reason) = transition { return take(.unknown(reason)) }
        return take(outcome)
    }

    private mutating func take(_ outcome: Outcome) -> Reason? {
        switch outcome {
        case .unknown(let reason):
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
