extension Problem {
    var english: Wording {
        switch self {
        case .emptyFile:
            Wording("The file is empty.", "Save the table again as CSV UTF-8 and check that it has rows.")
        case .notText:
            Wording(
                "This is neither a text file nor an Excel file, or it is damaged.",
                "In Excel choose Save As, then Excel Workbook (.xlsx) or CSV UTF-8. If it is a CSV already, export it "
                    + "again from its program.")
        case .noHeader:
            Wording(
                "No row names the columns.",
                "Put a header above the rows: account, mfo, pan, exp, amount.")
        case .noRows:
            Wording("There are no payouts under the header.", "Add the rows and save the file again.")
        case .missingColumn:
            Wording(
                "The column is missing.",
                "Add it to the header. For amounts in so‘m it is amount_uzs instead of amount.")
        case .doubledColumn:
            Wording("The column stands in the header more than once.", "Keep one of them.")
        case .twoAmountColumns:
            Wording(
                "The file has both amount (tiyin) and amount_uzs (so‘m).",
                "Keep the one that is meant, remove the other.")
        case .batchAboveLimit(let sum, let limit):
            Wording(
                "The file’s sum, \(sum) so‘m, is above the limit of \(limit) so‘m.",
                "Check the amounts; split the file, or have the limit raised.")
        case .batchTooLarge:
            Wording("The file’s sum is too large to be counted.", "Check the amounts: some are far too large.")
        case .unclosedQuote:
            Wording(
                "A quotation mark is opened and not closed where it should be.",
                "Close it or remove it; without that the rows behind it are lost in one field.")
        case .strayQuote:
            Wording(
                "A quotation mark stands where none may stand.",
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
                "Compare it with the card.")
        case .expiryNotMMYY:
            Wording(
                "The expiry must be four digits, MMYY: 0727 is July 2027.",
                "Write month and year with their leading zeros; format the column as text.")
        case .expiryPast: Wording("The card has expired.", "Ask the recipient for the new card.")
        case .amountNotANumber:
            Wording(
                "The amount is not a number.", "Leave the digits and one decimal comma, without letters or currency.")
        case .amountNotWhole:
            Wording(
                "The amount is in tiyin and must be whole.",
                "Remove the decimals; if so‘m are meant, name the column amount_uzs.")
        case .amountHasTooManyDecimals:
            Wording("The amount has more than two decimals.", "Round it to two.")
        case .amountNotPositive: Wording("The amount must be above zero.", "Correct it, or remove the row.")
        case .amountAboveLimit(let limit):
            Wording(
                "The amount is above the limit of \(limit) so‘m for one row.",
                "Check that so‘m were not taken for tiyin; else have the limit raised.")
        case .amountTooLarge: Wording("The amount is too large to be counted.", "Correct it.")
        case .tooManyRows(let limit):
            Wording("The file has more than \(limit) payouts.", "Split it into several files.")
        case .otherHeader:
            Wording(
                "A second header names the columns in another way than the first.",
                "Keep one header; check that every part of the table has the same columns.")
        case .totalDisagrees(let counted):
            Wording(
                "The total row does not agree: the rows sum up to \(counted) so‘m.",
                "Check that no row is missing or was changed; then correct or remove the total row.")
        case .unreadableText:
            Wording(
                "Letters of this row are damaged: the file mixes encodings.",
                "Save the whole table again as CSV UTF-8.")
        case .shiftedByDelimiter:
            Wording(
                "A delimiter inside a field, as in 1500,50, shifted the fields behind it.",
                "Put that field in quotation marks, or save the table with another delimiter.")
        case .invisibleSigns:
            Wording(
                "Signs that cannot be seen stand in the field, as after copying from a web page or messenger.",
                "Type the value again by hand.")
        case .scientificNotation:
            Wording(
                "Excel has turned the number into scientific notation, and digits are lost.",
                "Format the column as text and paste the numbers again from their source; widening the column is not enough."
            )
        case .columnTooNarrow:
            Wording(
                "Excel saved ##### because the column was too narrow.",
                "Widen the column and save again.")
        case .spreadsheetError:
            Wording(
                "The field holds a spreadsheet’s error, not a value.",
                "Mend the formula or the lookup in the table, paste the column as values, save again.")
        case .lostLeadingZero(let whole):
            Wording(
                "The leading zero is lost: probably \(whole) is meant.",
                "Format the column as text in Excel and type the value again with its zero.")
        case .lastDigitLost:
            Wording(
                "Excel has replaced the last digit of the card by 0.",
                "Format the column as text and paste the cards again from their source; the digit cannot be guessed.")
        case .expiryIsDate:
            Wording(
                "Excel has made a date of the expiry.",
                "Format the column as text and type four digits, MMYY: 0330 for March 2030.")
        case .amountAmbiguous(let digits):
            Wording(
                "The separator can be read two ways: thousands (\(digits)) or a decimal sign.",
                "Write \(digits), or the decimals with two digits.")
        case .paidBefore(let batch, let row):
            Wording(
                "The same card was to get the same amount in batch “\(batch)”, row \(row), in the last 40 days.",
                "Make sure that it is meant once more.")
        case .unknownCardPrefix:
            Wording(
                "The card begins like none that is usual in Uzbekistan.",
                "Compare the number with the card; if it is right, accept it.")
        case .amountFarOff(let isBelow):
            isBelow
                ? Wording(
                    "The amount is far below the file’s others.",
                    "Check that it is not so‘m where tiyin are meant; if it is right, accept it.")
                : Wording(
                    "The amount is far above the file’s others.",
                    "Check for zeros too many; if it is right, accept it.")
        case .otherCurrency(let code):
            Wording(
                "The account is kept in currency \(code), not in so‘m (000).",
                "Make sure that payouts in so‘m may be made from it.")
        case .accountEndsInZeros:
            Wording(
                "The account ends in 00000: Excel makes the last digits of long numbers 0.",
                "Compare it with the contract; format the column as text.")
        case .noRowColumn:
            Wording(
                "The table does not say which rows it corrects.",
                "Add a column “row” with the rows’ numbers in the payout file.")
        case .rowNotANumber:
            Wording(
                "This is no number of a row in the payout file.",
                "Write the number that Excel shows beside the row, as the report has it.")
        case .rowNamedTwice:
            Wording(
                "The same row is corrected twice.",
                "Keep one of the two.")
        case .newCardWithoutExpiry:
            Wording(
                "A new card needs its expiry.",
                "Write it into the column “exp”, MMYY.")
        case .unitNotSaid:
            Wording(
                "The header does not say the unit; the amounts are read as tiyin, 1/100 so‘m.",
                "If so‘m are meant, name the column amount_uzs; if tiyin, name it amount.")
        case .oldWorkbook:
            Wording(
                "The file has Excel’s old format, .xls.",
                "In Excel choose Save As, then Excel Workbook (.xlsx).")
        case .lockedWorkbook:
            Wording(
                "The Excel file is protected with a password.",
                "Open it with the password, remove the password (File, Info, Protect Workbook) and save it again.")
        case .binaryWorkbook:
            Wording(
                "The file has Excel’s binary format, .xlsb.", "In Excel choose Save As, then Excel Workbook (.xlsx).")
        case .openDocument:
            Wording(
                "The file has the format of LibreOffice, .ods.",
                "In LibreOffice choose Save As, then Excel 2007–365 (.xlsx).")
        case .notAWorkbook:
            Wording("The file is an archive, not an Excel workbook.", "Choose the .xlsx or CSV file with the payouts.")
        case .damagedWorkbook:
            Wording(
                "The Excel file is damaged or incomplete.",
                "Open it in Excel, save it again as .xlsx, and upload the new file.")
        case .unsafeWorkbook(let flaw):
            Wording(
                flaw.english,
                "Excel does not write such files. Open the file in Excel, save it again as .xlsx, and use the new file."
            )
        case .workbookTooLarge:
            Wording(
                "The Excel file is larger than payout reads: too many columns, styles or sheets, or too much text.",
                "Copy the payouts to a new workbook, or split them into several files.")
        case .noSuchSheet:
            Wording("The workbook has no sheet with this name.", "Name the sheet as its tab does.")
        case .severalSheets(let names):
            Wording(
                "Several sheets have payouts: \(quoted(names)).",
                "Keep the sheet that is to be paid and hide or delete the others, or name it with --sheet.")
        case .hiddenSheet:
            Wording(
                "The payouts are on a hidden sheet.", "Unhide the sheet, check it, and save the file again.")
        case .mergedCells(let range):
            Wording(
                "The cells \(range) are merged, so only the first of them has a value.",
                "Unmerge them and fill in each cell.")
        case .hiddenRow:
            Wording(
                "The row is hidden by a filter or by hand, so nobody sees it.",
                "Unhide it if it is to be paid; otherwise delete it.")
        case .formulaWithoutResult:
            Wording(
                "The cell has a formula whose result is not stored.",
                "Open the file in Excel and save it again, or paste the column as values.")
        case .digitsLost:
            Wording(
                "The cell stores a number. Excel keeps only 15 digits of it, so the last ones are lost.",
                "Format the column as text and paste the numbers again from their source; the digits cannot be guessed."
            )
        case .zeroRestored(let whole):
            Wording(
                "The cell stores a number without its leading zero; it is read as \(whole).",
                "Compare it with the source; if it is right, accept it.")
        case .expiryFromDate(let mmyy):
            Wording(
                "Excel has turned the expiry into a date; it is read as \(mmyy) (MMYY).",
                "Compare it with the card; if it is right, accept it.")
        case .formulaResult:
            Wording(
                "The value is the result of a formula, as it was when the file was saved.",
                "Make sure that the result is up to date; if it is right, accept it.")
        case .hiddenColumn:
            Wording("The column is hidden in the workbook.", "Unhide it and check it; if it is right, accept it.")
        }
    }
}
