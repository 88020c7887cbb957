import PaymentValues
import WorkbookReader

extension Problem {
    var english: Wording {
        switch self {
        case .emptyFile:
            Wording("The file is empty.", "Save the table again as CSV UTF-8 and check that it has rows.")
        case .notText:
            Wording(
                "This is neither a text file nor an Excel file, or it is damaged.",
                "In Excel choose Save As, then Excel Workbook (.xlsx) or CSV UTF-8. If it is a CSV already, export it again "
                    + "from the accounting program.")
        case .noHeader:
            Wording(
                "No row names the columns.",
                "Add a header row: account, mfo, pan, exp, amount_uzs (or amount_tiyin).")
        case .noRows:
            Wording("There are no payouts under the header.", "Add the rows and save the file again.")
        case .missingColumn:
            Wording("The column is missing.", "Add the column, with a value in every row.")
        case .missingPayer:
            Wording(
                "The file does not say it: no column has it, and no title above the table does.",
                "Choose it on the page or with --account and --mfo, set it once in payout.yaml, or add the column.")
        case .missingAmountColumn:
            Wording(
                "The column for the amount is missing.",
                "Add the column, with an amount in every row. For so‘m, call it amount_uzs.")
        case .doubledColumn:
            Wording("The header has this column more than once.", "Keep one of them.")
        case .twoAmountColumns:
            Wording(
                "The file has two columns for the amount: one in tiyin, one in so‘m.",
                "Keep the right one and delete the other.")
        case .fileCut:
            Wording(
                "The file ends in the middle of this row: its last value may be cut, and rows may be missing.",
                "Compare the last row and the total with the source, or save the file again; if all is right, accept it."
            )
        case .batchAboveLimit(let sum, let limit):
            Wording(
                "The total of the file is \(sum) so‘m, above the limit of \(limit) so‘m.",
                "Check the amounts. If they are right, split the file, or ask the administrator to raise the limit.")
        case .batchTooLarge:
            Wording("The total of the file is too large.", "Check the amounts: some are far too large.")
        case .unclosedQuote:
            Wording(
                "A quotation mark is opened, but not closed.",
                "Close it or remove it; otherwise the rows that follow end up in the same cell.")
        case .strayQuote:
            Wording(
                "There is a stray quotation mark.",
                "Remove it, or put the whole cell in quotation marks and double those inside it.")
        case .wrongFieldCount(let found, let expected):
            Wording(
                "Cells in this row: \(found). Columns in the header: \(expected).",
                "Look for a missing or an extra delimiter; put a cell that contains one in quotation marks.")
        case .samePayment(let earlier):
            Wording(
                "The same card gets the same amount as in row \(earlier).",
                "If it is a mistake, remove one row; if you need both, accept it.")
        case .emptyField: Wording("The cell is empty.", "Fill it in.")
        case .formula:
            Wording("The cell has a formula, not a value.", "Paste the column as values and save the file again.")
        case .foreignDigits:
            Wording("The digits are unusual signs (not 0 to 9).", "Type the value again with the digits 0 to 9.")
        case .accountNot20Digits:
            Wording(
                "The account must have exactly 20 digits.",
                "Copy the account again; format the column as text in Excel.")
        case .mfoNot5Digits:
            Wording(
                "The MFO must have exactly 5 digits.",
                "Restore the leading zero (01183) and format the column as text in Excel.")
        case .panNot16Digits:
            Wording(
                "The card number must have exactly 16 digits.",
                "Copy the number again; format the column as text in Excel.")
        case .maskedCard:
            Wording(
                "The card is masked: a program has hidden its middle digits.",
                "Take the full number from the original file. payout masks cards in its reports and marked files.")
        case .panCheckDigit:
            Wording(
                "The card number is mistyped: its last digit does not fit the others.",
                "Compare it with the card.")
        case .expiryNotMMYY:
            Wording(
                "The expiry must be four digits, MMYY: 0727 is July 2027.",
                "Write month and year with their leading zeros; format the column as text.")
        case .expiryPast:
            Wording("The card has expired.", "Ask the recipient for the number and expiry of the new card.")
        case .amountNotANumber:
            Wording(
                "The amount is not a number.",
                "Keep only the digits and one decimal comma; remove letters and the currency.")
        case .amountNotWhole:
            Wording(
                "The amounts of this column are in tiyin, so they cannot have decimals.",
                "If the file has so‘m, call the column amount_uzs; if it has tiyin, remove the decimals.")
        case .amountHasTooManyDecimals:
            Wording("The amount has more than two decimals.", "Round it to two.")
        case .amountNotPositive: Wording("The amount must be above zero.", "Correct it, or remove the row.")
        case .amountAboveLimit(let limit):
            Wording(
                "The amount is above the limit of \(limit) so‘m for one row.",
                "Check that the amounts are not in tiyin in a column for so‘m: they would be 100 times too large. If "
                    + "the amount is right, ask the administrator to raise the limit.")
        case .amountTooLarge: Wording("The amount is too large.", "Correct it.")
        case .tooManyRows(let limit):
            Wording("The file has more than \(limit.grouped) payouts.", "Split it into several files.")
        case .otherHeader:
            Wording(
                "A second header names other columns than the first.",
                "Keep one header; check that every part of the table has the same columns.")
        case .totalDisagrees(let counted):
            Wording(
                "The total does not match: the rows add up to \(counted) so‘m.",
                "Check that no row is missing and none was changed; then correct or remove the total row.")
        case .unreadableText:
            Wording(
                "Letters in this row are damaged: the file mixes encodings.",
                "Save the whole table again as CSV UTF-8.")
        case .shiftedByDelimiter:
            Wording(
                "A delimiter inside a cell, as in 1500,50, shifted the cells after it.",
                "Put that cell in quotation marks, or save the table with another delimiter.")
        case .invisibleSigns:
            Wording(
                "The cell has invisible characters, usually from copying from a web page or a messenger.",
                "Type the value again by hand.")
        case .scientificNotation:
            Wording(
                "Excel wrote the number as 8.6E+15, and some digits are lost.",
                "Format the column as text and paste the numbers again from the accounting program; widening the "
                    + "column is not enough.")
        case .columnTooNarrow:
            Wording(
                "Excel saved ##### instead of the value: the column was too narrow.",
                "Widen the column and save the file again.")
        case .spreadsheetError:
            Wording(
                "The cell has an Excel error, not a value.",
                "Fix the formula or the reference, paste the column as values and save the file again.")
        case .lostLeadingZero(let whole):
            Wording(
                "The leading zero is lost: this should probably be \(whole).",
                "Format the column as text in Excel and type the value again with its zero.")
        case .lastDigitLost:
            Wording(
                "Excel has replaced the last digit of the card with 0.",
                "Format the column as text and paste the card numbers again from the accounting program; nobody can "
                    + "guess the digit.")
        case .expiryIsDate:
            Wording(
                "Excel has turned the expiry into a date.",
                "Format the column as text and type four digits, MMYY: 0330 for March 2030.")
        case .amountAmbiguous(let digits):
            Wording(
                "The amount can be read two ways: the sign separates thousands (\(digits)) or decimals.",
                "Write \(digits), or write the decimals with two digits.")
        case .paidBefore(let batch, let row):
            Wording(
                "The same card has the same amount in batch “\(batch)”, row \(row), of the last 40 days.",
                "If this is a repeat, remove the row. If you need one more payout, accept it.")
        case .sameKey(let earlier):
            Wording(
                "Row \(earlier) has the same id, with another card or amount.",
                "If both rows are one payment, remove one; if they are two payments, accept it.")
        case .keyUsedBefore(let batch, let row):
            Wording(
                "The id stands in batch “\(batch)”, row \(row), of the last 40 days, with another card.",
                "Make sure that this payment was not made yet; if it was not, accept it.")
        case .lettersLost:
            Wording(
                "Letters of the name were lost when the file was saved: they are question marks now.",
                "Save the table again as CSV UTF-8, or as a workbook (.xlsx). The payment is not affected: you can accept it."
            )
        case .samePayroll(let batch, let rows):
            Wording(
                "Batch “\(batch)” of the last days makes the same payments: \(rows) rows have the same card and amount.",
                "Find out whether these people were paid already; if they shall be paid twice, accept it.")
        case .personUnclear(let batch):
            Wording(
                "Several people of batch “\(batch)” have this name, and none of them this card.",
                "Find out who this is, and confirm the card with the person; if it is right, accept it.")
        case .newPersonHighAmount(let batch):
            Wording(
                "This person is new and gets more than nearly everybody in batch “\(batch)”.",
                "Compare the person and the amount with the order of employment; if both are right, accept it.")
        case .cardChanged(let was, let batch):
            Wording(
                "In batch “\(batch)” this person had another card: \(was).",
                "Confirm the new number with the person, not by a letter or message; if it is right, accept it.")
        case .amountUnusual(let was, let batch):
            Wording(
                "In batch “\(batch)” this person got \(was) so‘m: five times less or more.",
                "Check for extra or missing zeros, and for so‘m in place of tiyin; if it is right, accept it.")
        case .cardShared:
            Wording(
                "Several people of this file have the same card.",
                "Compare the cards with the people; if they share a card, accept it.")
        case .unknownCardPrefix:
            Wording(
                "The card number does not start like an Uzcard or Humo number (8600, 5614, 6262, 9860…).",
                "Compare the number with the card; if it is right, accept it.")
        case .amountFarOff(let isBelow):
            isBelow
                ? Wording(
                    "The amount is far below the others in the file.",
                    "Check that it is not in so‘m instead of tiyin, and that no digit is missing; if it is right, "
                        + "accept it.")
                : Wording(
                    "The amount is far above the others in the file.",
                    "Check for extra zeros; if it is right, accept it.")
        case .otherCurrency(let code):
            Wording(
                "The account is in the currency with code \(code), not in so‘m (000).",
                "Ask the bank whether you can pay from it in so‘m; if you can, accept it.")
        case .accountEndsInZeros:
            Wording(
                "The account ends in 00000: Excel replaces the last digits of long numbers with 0.",
                "Compare it with the contract; format the column as text. If it is right, accept it.")
        case .noRowColumn:
            Wording(
                "The table does not name the rows to correct.",
                "Add a column “row” with the row numbers of the payout file.")
        case .rowNotANumber:
            Wording(
                "This is not a row number of the payout file.",
                "Write the row number from the report.")
        case .rowNamedTwice:
            Wording(
                "The same row is corrected twice.",
                "Keep one of the two corrections.")
        case .newCardWithoutExpiry:
            Wording(
                "A new card needs its expiry.",
                "Write it in the column “exp”, MMYY.")
        case .unitNotSaid:
            Wording(
                "The header does not say whether the amounts are in so‘m or in tiyin.",
                "Choose the unit on the page or with --unit som or --unit tiyin. Or call the column amount_uzs (so‘m) or "
                    + "amount_tiyin.")
        case .accountFromTitle(let account):
            Wording(
                "No column has the account that pays. It is taken from the title in this row: \(account).",
                "Compare it with the contract. If it is right, accept it; if not, choose another on the page or with "
                    + "--account.")
        case .bankCodeFromTitle(let code):
            Wording(
                "No column has the MFO. It is taken from the title in this row: \(code).",
                "Compare it with the contract. If it is right, accept it; if not, choose another on the page or with --mfo."
            )
        case .otherAccountInTitle(let account):
            Wording(
                "The title in this row names another account. The payouts are made from the chosen one: \(account).",
                "Make sure that the file belongs to this account; if it does, accept it.")
        case .otherBankCodeInTitle(let code):
            Wording(
                "The title in this row names another MFO. The chosen one is used: \(code).",
                "Make sure that the file belongs to this account; if it does, accept it.")
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
        case .oneCRegister:
            Wording(
                "This is 1C’s payroll register for the bank (XML). It names people by their accounts and has no card numbers and "
                    + "no expiries.",
                "In 1C, open the payroll statement, choose to save it as an Excel table (.xlsx), add the columns with card and "
                    + "expiry, and upload it. “payout template” writes a workbook to fill in.")
        case .otherXML:
            Wording(
                "The file is XML, not a table.",
                "Save the table in its program as an Excel Workbook (.xlsx) or CSV UTF-8, and use that file.")
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

extension WorkbookError.Flaw {
    fileprivate var english: String {
        switch self {
        case .duplicateEntry: "The Excel file has two parts of the same name."
        case .pathEscape: "The Excel file has a part with a forbidden name."
        case .wrongSize: "A part of the Excel file is not as long as the file says."
        case .bomb: "The Excel file expands to far more than its size."
        case .entities: "The Excel file defines XML entities."
        }
    }
}
