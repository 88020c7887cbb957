/// The kinds of warnings about a payout file. The ledger stores the raw values.
package enum WarningKind: String, Hashable, Sendable, CaseIterable {
    case samePayment = "same_payment"
    case paidBefore = "paid_before"
    case unknownCardPrefix = "unknown_card_prefix"
    case amountFarOff = "amount_far_off"
    case otherCurrency = "other_currency"
    case accountEndsInZeros = "account_ends_in_zeros"
    case unitNotSaid = "unit_not_said"
    case zeroRestored = "zero_restored"
    case expiryFromDate = "expiry_from_date"
    case formulaResult = "formula_result"
    case hiddenColumn = "hidden_column"
}
