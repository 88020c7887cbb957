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
    /// - Parameters:
    ///   - kinds: the warnings by kind.
    ///   - accepted: the kinds that are accepted in advance. A page shows them all the same.
    /// - Throws: ``ConsentError`` or ``SendingRefusal`` if there is no consent. Then nothing was sent.
    func obtain(
        for totals: ControlTotals, warnings kinds: [WarningKind: Int], accepting accepted: Set<WarningKind>,
        of batch: BatchReference
    ) throws {
        switch self {
        case .confirmed(let seen, let shown):
            guard seen == totals, shown == kinds.values.reduce(0, +) else {
                throw SendingRefusal.changedMeanwhile(batch)
            }
        case .asked(let isGiven, let coversWarnings, let ask):
            let open = kinds.filter { !accepted.contains($0.key) }
            let warnings = open.values.reduce(0, +)
            guard totals.rows > 0, !isGiven || warnings > 0 && !coversWarnings else { return }
            switch ask(Question(totals: totals, warnings: warnings)) {
            case true?: return
            case false?: throw ConsentError.declined
            case nil: throw isGiven ? ConsentError.warningsNotAccepted(Set(open.keys)) : .nobodyToAsk
            }
        }
    }
}

/// The reason why there is no consent to send.
package enum ConsentError: Error, Hashable {
    case declined
    case nobodyToAsk
    /// The consent in advance does not cover warnings.
    case warningsNotAccepted(Set<WarningKind>)
}
