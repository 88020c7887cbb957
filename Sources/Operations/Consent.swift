package import Payouts

/// A person's agreement that money may be sent.
package enum Consent: Sendable {
    /// The person gave consent in advance, or is asked now.
    ///
    /// - Parameter ask: asks the person. It returns `nil` if there is nobody to ask.
    case asked(isGiven: Bool, coversWarnings: Bool, ask: @Sendable (Question) -> Bool?)
    /// The person confirmed exactly these totals and warnings on a page.
    case confirmed(ControlTotals, warnings: Int)

    /// Returns a consent given in advance, for runs in which nobody can be asked.
    package static func given(acceptingWarnings: Bool) -> Consent {
        .asked(isGiven: true, coversWarnings: acceptingWarnings) { _ in nil }
    }

    package struct Question: Hashable, Sendable {
        package let totals: ControlTotals
        package let warnings: Int
    }

    /// Returns whether a person agreed to the warnings. Nobody is asked about them if there is nothing to send.
    func coversWarnings(of totals: ControlTotals) -> Bool {
        switch self {
        case .confirmed: true
        case .asked(_, let coversWarnings, _): coversWarnings || totals.rows > 0
        }
    }

    /// Obtains the consent to send.
    ///
    /// - Parameter warnings: the number of warnings.
    /// - Throws: ``ConsentError`` or ``SendingRefusal`` if there is no consent. Then nothing was sent.
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
    /// The consent in advance does not cover warnings.
    case warningsNotAccepted
}
