import Fixtures
import Foundation
import PaymentValues
import Payouts
import Sandbox
import Testing
import WorkbookReader

@testable import PayoutFiles

@Suite struct WordingTests {
    static let problems: [Problem] = [
        .emptyFile, .notText, .noHeader, .noRows, .missingColumn, .missingAmountColumn,
        .doubledColumn, .twoAmountColumns,
        .batchAboveLimit(sum: Tiyin(300), limit: Tiyin(200)), .batchTooLarge, .unclosedQuote, .strayQuote,
        .wrongFieldCount(found: 4, expected: 5), .samePayment(asRow: 7), .emptyField, .formula, .foreignDigits,
        .accountNot20Digits, .mfoNot5Digits, .panNot16Digits, .panCheckDigit, .expiryNotMMYY, .expiryPast,
        .amountNotANumber, .amountNotWhole, .amountHasTooManyDecimals, .amountNotPositive,
        .amountAboveLimit(Tiyin(200)), .amountTooLarge, .tooManyRows(limit: 2_000_000), .otherHeader,
        .totalDisagrees(counted: Tiyin(5)), .unreadableText, .shiftedByDelimiter, .invisibleSigns, .scientificNotation,
        .columnTooNarrow, .spreadsheetError, .lostLeadingZero("0330"), .lastDigitLost, .expiryIsDate,
        .amountAmbiguous("1234"), .paidBefore(batch: valid { try BatchReference("may") }, row: 3), .unknownCardPrefix,
        .amountFarOff(isBelow: true), .amountFarOff(isBelow: false), .otherCurrency("840"), .accountEndsInZeros,
        .unitNotSaid, .oldWorkbook, .lockedWorkbook, .binaryWorkbook, .openDocument, .notAWorkbook, .damagedWorkbook,
        .unsafeWorkbook(.bomb), .unsafeWorkbook(.entities), .unsafeWorkbook(.duplicateEntry("a")),
        .unsafeWorkbook(.pathEscape("a")), .unsafeWorkbook(.wrongSize("a")), .workbookTooLarge, .noSuchSheet,
        .severalSheets(["May", "June"]), .hiddenSheet, .mergedCells("A2:A3"), .hiddenRow, .formulaWithoutResult,
        .digitsLost, .zeroRestored("01183"), .expiryFromDate("0427"), .formulaResult, .hiddenColumn, .noRowColumn,
        .oneCRegister, .otherXML, .missingPayer, .accountFromTitle("1"), .bankCodeFromTitle("1"),
        .otherAccountInTitle("1"),
        .otherBankCodeInTitle("1"), .rowNotANumber, .rowNamedTwice, .newCardWithoutExpiry, .fileCut, .maskedCard,
        .sameKey(asRow: 7),
        .keyUsedBefore(batch: valid { try BatchReference("may") }, row: 3), .lettersLost, .cardShared,
        .samePayroll(batch: valid { try BatchReference("may") }, rows: 9),
        .cardChanged(was: "860006******6311", batch: valid { try BatchReference("may") }),
        .personUnclear(batch: valid { try BatchReference("may") }),
        .amountUnusual(was: Tiyin(200), batch: valid { try BatchReference("may") }),
        .newPersonHighAmount(batch: valid { try BatchReference("may") }),
    ]

    @Test(arguments: problems) func everyProblemIsToldInThreeLanguages(problem: Problem) {
        let finding = Finding(problem, row: 5, column: .pan)
        let messages = Set(Language.allCases.map(finding.message))
        let advice = Set(Language.allCases.map(finding.advice))
        #expect(messages.count == 3 && advice.count == 3)
        #expect(messages.union(advice).allSatisfy { $0.hasSuffix(".") && !$0.contains("  ") })
    }

    @Test func columnsAreNumberedByLettersAsInExcel() {
        #expect([0, 25, 26, 51, 52].map { Finding(.formula, position: $0).letter } == ["A", "Z", "AA", "AZ", "BA"])
    }

    @Test func aColumnIsCalledAsInTheFile() throws {
        let file = PayrollText.file("Счёт;МФО;Номер карты;Срок;Сумма в сумах", "x;01183;y;0330;1")
        let finding = try #require(file.findings.first { $0.column == .pan })
        for language in Language.allCases {
            #expect(file.log.columnName(of: finding, in: language) == "C Номер карты")
        }
    }

    @Test func theSheetIsNamedIfTheWorkbookHasSeveral() throws {
        let rows = [["Счёт", "МФО", "Карта", "Срок", "Сумма в сумах"], ["x", "01183", "y", "0330", "1"]]
        for (sheets, name) in [([("Май", rows)], "C Карта"), ([("Титул", []), ("Май", rows)], "Май!C Карта")] {
            let file = PayrollText.read(Data(WrittenWorkbook.bytes(sheets)))
            let finding = try #require(file.findings.first { $0.column == .pan })
            #expect(file.log.columnName(of: finding, in: .ru) == name && file.sheet == "Май")
        }
    }

    @Test func aMissingColumnHasItsNameInTheReadersLanguage() throws {
        let file = PayrollText.file("account,mfo,exp,amount", "")
        let finding = try #require(file.findings.first { $0.problem == .missingColumn })
        let names = Language.allCases.map { file.log.columnName(of: finding, in: $0) }
        #expect(Set(names) == ["карта", "karta", "pan"])
        #expect(file.log.columnName(of: Finding(.noRows), in: .uz).isEmpty)
    }

    @Test(arguments: Language.allCases) func theSystemsReasonIsNotInsideTheSentence(language: Language) {
        let error = PayoutFileError.unreadable(path: "a.csv", reason: "Permission denied")
        #expect(!error.message(in: language).contains("Permission"))
        #expect(error.reason == "Permission denied" && error.description.contains("Permission denied"))
    }
}
