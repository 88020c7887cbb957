/// The kinds of warnings about a payout file. The ledger stores the raw values.
package enum WarningKind: String, Hashable, Sendable, CaseIterable {
    case samePayment = "same_payment"
    case paidBefore = "paid_before"
    case sameKey = "same_key"
    case keyUsedBefore = "key_used_before"
    case lettersLost = "letters_lost"
    case fileCut = "file_cut"
    case samePayroll = "same_payroll"
    case changedCard = "changed_card"
    case newPerson = "new_person"
    case unusualAmount = "unusual_amount"
    case sharedCard = "shared_card"
    case unknownCardPrefix = "unknown_card_prefix"
    case amountFarOff = "amount_far_off"
    case otherCurrency = "other_currency"
    case accountEndsInZeros = "account_ends_in_zeros"
    /// Older ledgers have it; today the unit is asked for.
    case unitNotSaid = "unit_not_said"
    case accountFromTitle = "account_from_title"
    case zeroRestored = "zero_restored"
    case expiryFromDate = "expiry_from_date"
    case formulaResult = "formula_result"
    case hiddenColumn = "hidden_column"
}

extension WarningKind {
    /// The name in options and settings, such as `changed-card`.
    package var option: String { String(rawValue.map { $0 == "_" ? "-" : $0 }) }

    /// Finds the kind by its name in options and settings.
    package init?(option: some StringProtocol) {
        self.init(rawValue: String(option.map { $0 == "-" ? "_" : $0 }))
    }
}
