package import PaymentValues
package import Payouts
package import WorkbookReader

/// What can be wrong with a payout file.
package enum Problem: Error, Hashable, Sendable {
    // The file as a whole
    case emptyFile
    case notText
    case noHeader
    case noRows
    case tooManyRows(limit: Int)
    case missingColumn
    /// Neither `amount` nor `amount_uzs`.
    case missingAmountColumn
    case doubledColumn
    /// Both `amount` and `amount_uzs`.
    case twoAmountColumns
    /// A second header row names other columns than the first.
    case otherHeader
    case batchAboveLimit(sum: Tiyin, limit: Tiyin)
    /// The sum is beyond 64 bits.
    case batchTooLarge
    case totalDisagrees(counted: Tiyin)

    // A workbook
    /// .xls
    case oldWorkbook
    /// A password is needed to open it.
    case lockedWorkbook
    /// .xlsb
    case binaryWorkbook
    /// .ods
    case openDocument
    /// An archive of something else.
    case notAWorkbook
    case damagedWorkbook
    case unsafeWorkbook(WorkbookError.Flaw)
    case workbookTooLarge
    case noSuchSheet
    /// Two sheets or more hold payouts.
    case severalSheets([String])
    /// Only a sheet that nobody sees has payouts.
    case hiddenSheet
    /// Cells that are merged hide all but the first.
    case mergedCells(String)

    // A row
    /// A filter or a person has hidden it.
    case hiddenRow
    case unclosedQuote
    /// Something stands behind a closing quotation mark.
    case strayQuote
    /// Bytes that the file's encoding does not know.
    case unreadableText
    case wrongFieldCount(found: Int, expected: Int)
    /// A comma inside a field, without quotation marks, shifts what stands behind it.
    case shiftedByDelimiter

    // A field
    case emptyField
    case formula
    /// A formula of a workbook that was never calculated.
    case formulaWithoutResult
    /// A number with more digits than spreadsheets keep.
    case digitsLost
    case foreignDigits
    case invisibleSigns
    case scientificNotation
    /// `#####`
    case columnTooNarrow
    /// `#N/A` and its like
    case spreadsheetError
    /// The value is what the field should probably hold.
    case lostLeadingZero(String)
    /// The sixteenth digit of the card became 0.
    case lastDigitLost
    case expiryIsDate
    case accountNot20Digits
    case mfoNot5Digits
    case panNot16Digits
    case panCheckDigit
    case expiryNotMMYY
    case expiryPast
    case amountNotANumber
    /// `1,234`: the value is one of its two readings, without the separator.
    case amountAmbiguous(String)
    case amountNotWhole
    case amountHasTooManyDecimals
    case amountNotPositive
    case amountAboveLimit(Tiyin)
    /// Beyond 64 bits.
    case amountTooLarge

    // A table of corrections
    case noRowColumn
    case rowNotANumber
    case rowNamedTwice
    case newCardWithoutExpiry

    // For a person to accept
    case samePayment(asRow: Int)
    /// In another batch.
    case paidBefore(batch: BatchReference, row: Int)
    case unknownCardPrefix
    case amountFarOff(isBelow: Bool)
    case otherCurrency(String)
    /// Excel makes the last five of twenty digits 0.
    case accountEndsInZeros
    /// The header says neither tiyin nor so'm.
    case unitNotSaid
    /// A number in a workbook got its leading zeros back. The value is the field with them.
    case zeroRestored(String)
    /// A date in a workbook was read as MMYY, which is the value.
    case expiryFromDate(String)
    /// A formula's stored result was taken.
    case formulaResult
    case hiddenColumn

    package var severity: Finding.Severity { warning == nil ? .error : .warning }

    /// `nil` for errors.
    package var warning: WarningKind? {
        switch self {
        case .samePayment: .samePayment
        case .paidBefore: .paidBefore
        case .unknownCardPrefix: .unknownCardPrefix
        case .amountFarOff: .amountFarOff
        case .otherCurrency: .otherCurrency
        case .accountEndsInZeros: .accountEndsInZeros
        case .unitNotSaid: .unitNotSaid
        case .zeroRestored: .zeroRestored
        case .expiryFromDate: .expiryFromDate
        case .formulaResult: .formulaResult
        case .hiddenColumn: .hiddenColumn
        default: nil
        }
    }

    /// The problem's name, without what differs from row to row: `panCheckDigit`.
    package var code: String {
        let text = String(describing: self)
        return String(text.prefix { $0.isLetter || $0.isNumber })
    }
}
