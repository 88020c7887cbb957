package import PaymentValues
package import Payouts
package import WorkbookReader

/// A problem of a payout file.
package enum Problem: Error, Hashable, Sendable {
    // The file as a whole
    case emptyFile
    case notText
    case noHeader
    case noRows
    case tooManyRows(limit: Int)
    case missingColumn
    /// The account or the MFO, which may also come from a title, a setting or a person.
    case missingPayer
    /// Neither `amount` nor `amount_uzs`.
    case missingAmountColumn
    case doubledColumn
    /// There are both `amount` and `amount_uzs`.
    case twoAmountColumns
    /// The header says neither tiyin nor so'm.
    case unitNotSaid
    /// A second header row names other columns than the first.
    case otherHeader
    /// It ends in the middle of a field, where every other line has an end.
    case fileCut
    case batchAboveLimit(sum: Tiyin, limit: Tiyin)
    /// The total does not fit into 64 bits.
    case batchTooLarge
    case totalDisagrees(counted: Tiyin)

    // A workbook
    /// The file is an .xls workbook.
    case oldWorkbook
    /// The workbook needs a password.
    case lockedWorkbook
    /// The file is an .xlsb workbook.
    case binaryWorkbook
    /// The file is an .ods workbook.
    case openDocument
    /// 1C's register of salaries for the bank, in XML.
    case oneCRegister
    case otherXML
    /// An archive of something else.
    case notAWorkbook
    case damagedWorkbook
    case unsafeWorkbook(WorkbookError.Flaw)
    case workbookTooLarge
    case noSuchSheet
    /// Several sheets contain payouts.
    case severalSheets([String])
    /// Only a hidden sheet contains payouts.
    case hiddenSheet
    /// Merged cells hide every cell but the first.
    case mergedCells(String)

    // A row
    /// A filter or a person has hidden the row.
    case hiddenRow
    case unclosedQuote
    /// There is text after a closing quotation mark.
    case strayQuote
    /// Some bytes are not valid in the file's encoding.
    case unreadableText
    case wrongFieldCount(found: Int, expected: Int)
    /// A comma inside a field without quotation marks shifts the fields after it.
    case shiftedByDelimiter

    // A field
    case emptyField
    case formula
    /// A formula of a workbook has never been calculated.
    case formulaWithoutResult
    /// The number has more digits than spreadsheets keep.
    case digitsLost
    case foreignDigits
    case invisibleSigns
    case scientificNotation
    /// The cell shows `#####`.
    case columnTooNarrow
    /// The cell shows `#N/A` or a similar error.
    case spreadsheetError
    /// The MFO or expiry lost its leading zeros. The value is the probable text of the field.
    case lostLeadingZero(String)
    /// The sixteenth digit of the card was replaced with 0.
    case lastDigitLost
    case expiryIsDate
    case accountNot20Digits
    case mfoNot5Digits
    case panNot16Digits
    /// `860006******6311`
    case maskedCard
    case panCheckDigit
    case expiryNotMMYY
    case expiryPast
    case amountNotANumber
    /// The amount is like `1,234`. The value is one of its two readings, without the separator.
    case amountAmbiguous(String)
    case amountNotWhole
    case amountHasTooManyDecimals
    case amountNotPositive
    case amountAboveLimit(Tiyin)
    /// The amount does not fit into 64 bits.
    case amountTooLarge

    // A table of corrections
    case noRowColumn
    case rowNotANumber
    case rowNamedTwice
    case newCardWithoutExpiry

    // For a person to accept
    case samePayment(asRow: Int)
    /// A row of another batch has the same card and amount.
    case paidBefore(batch: BatchReference, row: Int)
    /// An earlier row has the same key of the accountant, with another payment.
    case sameKey(asRow: Int)
    /// Another batch has the same key with another card.
    case keyUsedBefore(batch: BatchReference, row: Int)
    /// A name has `?` in place of letters.
    case lettersLost
    /// Most rows repeat payments of another batch of the last days.
    case samePayroll(batch: BatchReference, rows: Int)
    /// A person of an earlier batch has another card now.
    case cardChanged(was: String, batch: BatchReference)
    /// Several people of the earlier batch have this name, and other cards.
    case personUnclear(batch: BatchReference)
    /// A person gets several times more, or less, than in an earlier batch.
    case amountUnusual(was: Tiyin, batch: BatchReference)
    /// Several people of the file have one card.
    case cardShared
    /// A new person gets more than nearly everybody in the earlier batch.
    case newPersonHighAmount(batch: BatchReference)
    case unknownCardPrefix
    case amountFarOff(isBelow: Bool)
    case otherCurrency(String)
    /// The account ends in five zeros. Excel replaces the last five of twenty digits with 0.
    case accountEndsInZeros
    /// No column has the account. It was found in a title.
    case accountFromTitle(String)
    case bankCodeFromTitle(String)
    /// A title names another account than the one that a person or a setting named, which is the value.
    case otherAccountInTitle(String)
    case otherBankCodeInTitle(String)
    /// A number in a workbook got its leading zeros back. The value is the field with them.
    case zeroRestored(String)
    /// A date in a workbook was read as MMYY. The value is that MMYY.
    case expiryFromDate(String)
    /// The stored result of a formula was used.
    case formulaResult
    case hiddenColumn

    package var severity: Finding.Severity { warning == nil ? .error : .warning }

    /// The kind of the warning. `nil` for errors.
    package var warning: WarningKind? {
        switch self {
        case .samePayment: .samePayment
        case .paidBefore: .paidBefore
        case .fileCut: .fileCut
        case .sameKey: .sameKey
        case .keyUsedBefore: .keyUsedBefore
        case .lettersLost: .lettersLost
        case .samePayroll: .samePayroll
        case .cardChanged, .personUnclear: .changedCard
        case .newPersonHighAmount: .newPerson
        case .amountUnusual: .unusualAmount
        case .cardShared: .sharedCard
        case .unknownCardPrefix: .unknownCardPrefix
        case .amountFarOff: .amountFarOff
        case .otherCurrency: .otherCurrency
        case .accountEndsInZeros: .accountEndsInZeros
        case .accountFromTitle, .bankCodeFromTitle, .otherAccountInTitle, .otherBankCodeInTitle: .accountFromTitle
        case .zeroRestored: .zeroRestored
        case .expiryFromDate: .expiryFromDate
        case .formulaResult: .formulaResult
        case .hiddenColumn: .hiddenColumn
        default: nil
        }
    }

    /// The problem's name, without the parts that differ between rows: `panCheckDigit`.
    package var code: String {
        let text = String(describing: self)
        return String(text.prefix { $0.isLetter || $0.isNumber })
    }
}
