/// What a person can do about a row. Raw values are those of `payout review --json`.
package enum Remedy: String, Hashable, Sendable, CaseIterable {
    /// Run the row again unchanged, once the cause is gone.
    case runAgain
    /// Correct the row first: another card, account or amount.
    case correct
    /// Ask the bank first what happened: the row may be paid.
    case settle
}
