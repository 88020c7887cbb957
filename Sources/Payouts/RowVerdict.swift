/// A person's verdict on a row, with its evidence.
package struct RowVerdict: Hashable, Sendable {
    package let outcome: Outcome
    /// The kind of the bank's evidence. `nil` for a withdrawal, which needs none.
    package let evidence: Evidence?
    /// The letter or statement, or the reason for a withdrawal.
    package let note: String

    package enum Outcome: String, Hashable, Sendable, CaseIterable {
        case paid, notPaid, withdrawn
    }

    package enum Evidence: String, Hashable, Sendable, CaseIterable {
        case letter, statement
    }

    package init(_ outcome: Outcome, evidence: Evidence? = nil, note: String) {
        self.outcome = outcome
        self.evidence = evidence
        self.note = note
    }
}
