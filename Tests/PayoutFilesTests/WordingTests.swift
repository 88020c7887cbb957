import Fixtures
import PaymentValues
import Payouts
import Testing

@testable import PayoutFiles

@Suite struct WordingTests {
    static let problems: [Problem] = [
        .emptyFile, .notText, .noHeader, .noRows, .missingColumn, .doubledColumn, .twoAmountColumns,
        .batchAboveLimit(sum: Tiyin(300), limit: Tiyin(200)), .batchTooLarge, .unclosedQuote, .strayQuote,
        .wrongFieldCount(found: 4, expected: 5), .samePayment(asRow: 7), .emptyField, .formula, .foreignDigits,
        .accountNot20Digits, .mfoNot5Digits, .panNot16Digits, .panCheckDigit, .expiryNotMMYY, .expiryPast,
        .amountNotANumber, .amountNotWhole, .amountHasTooManyDecimals, .amountNotPositive,
        .amountAboveLimit(Tiyin(200)), .amountTooLarge, .tooManyRows(limit: 9), .otherHeader,
        .totalDisagrees(counted: Tiyin(5)), .unreadableText, .shiftedByDelimiter, .invisibleSigns, .scientificNotation,
        .columnTooNarrow, .spreadsheetError, .lostLeadingZero("0330"), .lastDigitLost, .expiryIsDate,
        .amountAmbiguous("1234"), .paidBefore(batch: valid { try BatchReference("may") }, row: 3), .unknownCardPrefix,
        .amountFarOff(isBelow: true), .amountFarOff(isBelow: false), .otherCurrency("840"), .accountEndsInZeros,
        .unitNotSaid, .noRowColumn, .rowNotANumber, .rowNamedTwice, .newCardWithoutExpiry,
    ]

    @Test(arguments: problems) func everyProblemIsToldInThreeLanguages(problem: Problem) {
        let finding = Finding(problem, row: 5, column: .pan)
        let messages = Set(Language.allCases.map(finding.message))
        let advice = Set(Language.allCases.map(finding.advice))
        #expect(messages.count == 3 && advice.count == 3)
        #expect(messages.union(advice).allSatisfy { $0.hasSuffix(".") && !$0.contains("  ") })
    }

    @Test func thePlaceIsNamed() {
        let finding = Finding(.expiryPast, row: 5, column: .exp, value: "0124", position: 3)
        #expect(finding.place(in: .en) == "row 5, column D exp")
        #expect(finding.place(in: .ru) == "строка 5, столбец D exp")
        #expect([0, 25, 26, 51, 52].map { Finding(.formula, position: $0).letter } == ["A", "Z", "AA", "AZ", "BA"])
        #expect(Finding(.noRows).place(in: .uz).isEmpty)
    }
}
