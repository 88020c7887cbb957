/// What a person records about a row by evidence of their own.
package struct RowVerdict: Hashable, Sendable {
    package let outcome: Outcome
    /// What the bank gave in writing; `nil` for a withdrawal, which the bank has no part in.
    package let evidence: Evidence?
    /// Which letter or statement it is, or why the row is withdrawn.
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
