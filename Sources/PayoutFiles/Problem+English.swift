extension Problem {
    var english: Wording {
        switch self {
        case .emptyFile:
            Wording("The file is empty.", "Save the table again as CSV UTF-8 and check that it has rows.")
        case .notText:
            Wording(
                "The file is not text in UTF-8 or UTF-16.",
                "In Excel choose Save As, then CSV UTF-8 (comma delimited). An .xlsx workbook is not read.")
        case .noHeader:
            Wording(
                "The first row names none of the columns.",
                "Put a header above the rows: account, mfo, pan, exp, amount.")
        case .noRows:
            Wording("There are no payouts under the header.", "Add the rows and save the file again.")
        case .missingColumn:
            Wording(
                "The column is missing.",
                "Add it to the header. For amounts in so’m it is amount_uzs instead of amount.")
        case .doubledColumn:
            Wording("The column stands in the header more than once.", "Keep one of them.")
        case .twoAmountColumns:
            Wording(
                "The file has both amount (tiyin) and amount_uzs (so’m).",
                "Keep the one that is meant, remove the other.")
        case .batchAboveLimit(let sum, let limit):
            Wording(
                "The file’s sum, \(sum) so’m, is above the limit of \(limit) so’m.",
                "Check the amounts; split the file, or have the limit raised.")
        case .batchTooLarge:
            Wording("The file’s sum is too large to be counted.", "Check the amounts: some are far too large.")
        case .unclosedQuote:
            Wording(
                "A quotation mark is opened and not closed where it should be.",
                "Close it or remove it; the rows after it may have been swallowed.")
        case .strayQuote:
            Wording(
                "A quotation mark stands where none may stand; the rows from here on could not be read.",
                "Remove it, or put the whole field in quotation marks and double those inside it.")
        case .wrongFieldCount(let found, let expected):
            Wording(
                "The row has \(found) fields, the header has \(expected).",
                "Look for a missing or an extra delimiter; put a field that contains one in quotation marks.")
        case .samePayment(let earlier):
            Wording(
                "The same card gets the same amount as in row \(earlier).",
                "If it is a mistake, remove one row; if both are meant, confirm.")
        case .emptyField: Wording("The field is empty.", "Fill it in.")
        case .formula:
            Wording("The field holds a formula, not a value.", "Paste the column as values and save again.")
        case .foreignDigits:
            Wording("The digits are of another script.", "Type the value again with the digits 0 to 9.")
        case .accountNot20Digits:
            Wording(
                "The account must have exactly 20 digits.", "Copy the account anew; format the column as text in Excel."
            )
        case .mfoNot5Digits:
            Wording(
                "The MFO must have exactly 5 digits.",
                "Restore the leading zero (01183) and format the column as text in Excel.")
        case .panNot16Digits:
            Wording(
                "The card number must have exactly 16 digits.",
                "Copy the number anew; format the column as text in Excel.")
        case .panCheckDigit:
            Wording(
                "The card number is mistyped: its last digit does not fit the others.",
                "Compare it with the card. If it ends in 0, Excel may have replaced the last digit.")
        case .expiryNotMMYY:
            Wording(
                "The expiry must be four digits, MMYY: 0727 is July 2027.",
                "Write month and year with their leading zeros; format the column as text.")
        case .expiryPast: Wording("The card has expired.", "Ask the recipient for the new card.")
        case .amountNotANumber:
            Wording("The amount is not a number.", "Write digits alone, without spaces or currency.")
        case .amountNotWhole:
            Wording(
                "The amount is in tiyin and must be whole.",
                "Remove the decimals; if so’m are meant, name the column amount_uzs.")
        case .amountHasTooManyDecimals:
            Wording("The amount has more than two decimals.", "Round it to two; do not group thousands.")
        case .amountNotPositive: Wording("The amount must be above zero.", "Correct it, or remove the row.")
        case .amountAboveLimit(let limit):
            Wording(
                "The amount is above the limit of \(limit) so’m for one row.",
                "Check that so’m were not taken for tiyin; else have the limit raised.")
        case .amountTooLarge: Wording("The amount is too large to be counted.", "Correct it.")
        }
    }
}
