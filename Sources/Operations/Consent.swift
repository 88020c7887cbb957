package import Payouts

/// A person's agreement that money may be sent.
package enum Consent: Sendable {
    /// Given in advance, or asked for now.
    ///
    /// - Parameter ask: returns `nil` if there is nobody to ask.
    case asked(isGiven: Bool, coversWarnings: Bool, ask: @Sendable (Question) -> Bool?)
    /// Given on a page to exactly these totals and warnings.
    case confirmed(ControlTotals, warnings: Int)

    /// Returns a consent given in advance, for runs where nobody can be asked.
    package static func given(acceptingWarnings: Bool) -> Consent {
        .asked(isGiven: true, coversWarnings: acceptingWarnings) { _ in nil }
    }

    package struct Question: Hashable, Sendable {
        package let totals: ControlTotals
        package let warnings: Int
    }

    /// Obtains the consent to send.
    ///
    /// - Parameter warnings: the number of warnings.
    /// - Throws: ``ConsentError`` or ``SendingRefusal`` if nobody agrees. Nothing was sent then.
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

/// The reason why there is no consent to send.
package enum ConsentError: Error, Hashable {
    case declined
    case nobodyToAsk
    /// Consent was given in advance, but not to warnings.
    case warningsNotAccepted
}
