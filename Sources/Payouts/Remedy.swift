/// How a person goes on with a row. Raw values are those of `payout review --json`.
package enum Remedy: String, Hashable, Sendable, CaseIterable {
    /// Run it again as it is, once the cause is gone.
    case runAgain
    /// Correct it first: another card, account or amount.
    case correct
    /// Ask the bank first what became of it: it may be paid.
    case settle
}
