import Payouts

/// What can be wrong with a payout file.
package enum Problem: Error, Hashable, Sendable {
    // The file as a whole
    case emptyFile
    case notText
    case noHeader
    case noRows
    case missingColumn
    case doubledColumn
    /// Both `amount` and `amount_uzs`.
    case twoAmountColumns
    case batchAboveLimit(sum: Tiyin, limit: Tiyin)
    /// The sum is beyond 64 bits.
    case batchTooLarge

    // A row
    case unclosedQuote
    /// A quotation mark where none may stand. The rows after it cannot be told apart.
    case strayQuote
    case wrongFieldCount(found: Int, expected: Int)
    case samePayment(asRow: Int)

    // A field
    case emptyField
    case formula
    case foreignDigits
    case accountNot20Digits
    case mfoNot5Digits
    case panNot16Digits
    case panCheckDigit
    case expiryNotMMYY
    case expiryPast
    case amountNotANumber
    case amountNotWhole
    case amountHasTooManyDecimals
    case amountNotPositive
    case amountAboveLimit(Tiyin)
    /// Beyond 64 bits.
    case amountTooLarge

    package var severity: Finding.Severity {
        switch self {
        case .samePayment: .warning
        default: .error
        }
    }
}
