package import Payouts

/// The texts of the bank's codes, which belong to the bank's API and not to the report.
package protocol ReasonTexts: Sendable {
    /// `nil` for a code that is not the bank's.
    func text(of code: ReasonCode, in language: Language) -> String?
}
