/// The next step for a row. Raw values are those of `payout review --json`.
package enum Remedy: String, Hashable, Sendable, CaseIterable {
    /// Run the row again unchanged, after the cause is fixed.
    case runAgain
    /// Correct the row first: another card, account or amount.
    case correct
    /// First ask the bank for the result: the row may be paid.
    case settle
}
