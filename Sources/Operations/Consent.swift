import Payouts

/// A person's agreement that money may be sent.
package enum Consent: Sendable {
    /// Given beforehand, or asked for on the spot.
    ///
    /// - Parameter ask: returns `nil` where there is nobody to ask.
    case asked(isGiven: Bool, coversWarnings: Bool, ask: @Sendable (Question) -> Bool?)
    /// Given to what the person was shown elsewhere, and to nothing else.
    case confirmed(ControlTotals, warnings: Int)

    /// Returns a consent that is given beforehand, where nobody can be asked.
    package static func given(acceptingWarnings: Bool) -> Consent {
        .asked(isGiven: true, coversWarnings: acceptingWarnings) { _ in nil }
    }

    package struct Question: Hashable, Sendable {
        package let totals: ControlTotals
        package let warnings: Int
    }

    /// - Parameter warnings: how many there are.
    /// - Throws: ``ConsentError`` or ``SendingRefusal`` where nobody agrees: then nothing was sent.
    func obtain(for totals: ControlTotals, warnings: Int, of batch: BatchReference) throws {
        switch self {
        case .confirmed(let seen, let accepted):
            guard seen == totals, accepted == warnings else { throw SendingRefusal.changedMeanwhile(batch) }
        case .asked(let isGiven, let coversWarnings, let ask):
            guard totals.rows > 0, !isGiven || warnings > 0 && !coversWarnings else { return }
            switch ask(Question(totals: totals, warnings: warnings)) {
            case true?: return
            case false?: throw ConsentError.declined
            case nil: throw isGiven ? ConsentError.warningsNotAccepted : .nobodyToAsk
            }
        }
    }
}

/// Why there is no agreement to send.
package enum ConsentError: Error, Hashable {
    case declined
    case nobodyToAsk
    /// Agreed to beforehand, without a look at the warnings.
    case warningsNotAccepted
}
