import Foundation
import PaymentValues
import Payouts
import Testing

@testable import PayoutFiles

@Suite struct FindingTests {
    struct Rule: Sendable {
        let row: String
        let problem: Problem
        let column: Column?
        var value: String?
    }

    @Test(arguments: [
        Rule(
            row: PayrollText.row(account: "2020800090012345600"), problem: .accountNot20Digits, column: .account,
            value: "202080*********5600"),
        Rule(row: PayrollText.row(account: ""), problem: .emptyField, column: .account),
        Rule(row: PayrollText.row(mfo: "011830"), problem: .mfoNot5Digits, column: .mfo, value: "011830"),
        Rule(row: PayrollText.row(mfo: "1183"), problem: .lostLeadingZero("01183"), column: .mfo, value: "1183"),
        Rule(
            row: PayrollText.row(pan: "860006919540631"), problem: .panNot16Digits, column: .pan,
            value: "860006*****0631"),
        Rule(
            row: PayrollText.row(pan: "8600O69195406311"), problem: .panNot16Digits, column: .pan,
            value: "8600O69*****6311"),
        Rule(
            row: PayrollText.row(pan: "86000691-95406311"), problem: .panNot16Digits, column: .pan,
            value: "860006**-****6311"),
        Rule(
            row: PayrollText.row(pan: "8600069195406312"), problem: .panCheckDigit, column: .pan,
            value: "860006******6312"),
        Rule(
            row: PayrollText.row(pan: "٨٦٠٠٠٦٩١٩٥٤٠٦٣١١"), problem: .foreignDigits, column: .pan,
            value: "٨٦٠٠٠٦******٦٣١١"),
        Rule(row: PayrollText.row(exp: "330"), problem: .lostLeadingZero("0330"), column: .exp, value: "330"),
        Rule(row: PayrollText.row(exp: "1330"), problem: .expiryNotMMYY, column: .exp, value: "1330"),
        Rule(row: PayrollText.row(exp: "1026"), problem: .expiryPast, column: .exp, value: "1026"),
        Rule(row: PayrollText.row(amount: "1500.50"), problem: .amountNotWhole, column: .amount, value: "1500.50"),
        Rule(row: PayrollText.row(amount: "15 00"), problem: .amountNotANumber, column: .amount, value: "15 00"),
        Rule(row: PayrollText.row(amount: "1E+5"), problem: .scientificNotation, column: .amount, value: "1E+5"),
        Rule(row: PayrollText.row(amount: "+5"), problem: .amountNotANumber, column: .amount, value: "+5"),
        Rule(row: PayrollText.row(amount: "0"), problem: .amountNotPositive, column: .amount, value: "0"),
        Rule(row: PayrollText.row(amount: "-5"), problem: .amountNotPositive, column: .amount, value: "-5"),
        Rule(
            row: PayrollText.row(amount: "9223372036854775808"), problem: .amountTooLarge, column: .amount,
            value: "922337*********5808"),
        Rule(row: PayrollText.row(amount: "=E2*2"), problem: .formula, column: .amount, value: "=E2*2"),
        Rule(row: PayrollText.row(more: ",x"), problem: .wrongFieldCount(found: 6, expected: 5), column: nil),
        Rule(row: "1,2", problem: .wrongFieldCount(found: 2, expected: 5), column: nil),
        Rule(row: PayrollText.row(amount: "\"5"), problem: .unclosedQuote, column: nil),
        Rule(row: PayrollText.row(amount: "5\"x"), problem: .strayQuote, column: .amount, value: "5\"x"),
        Rule(row: PayrollText.row(amount: "\"5\"x"), problem: .strayQuote, column: nil),
    ])
    func everyRuleNamesRowColumnAndMaskedValue(rule: Rule) {
        let file = PayrollText.file(PayrollText.header, "", rule.row)
        let expected = Finding(rule.problem, row: 3, column: rule.column)
        #expect(file.problems == [rule.problem])
        #expect(file.findings.first?.row == 3 && file.findings.first?.column == expected.column)
        #expect(file.findings.first?.value == rule.value)
        #expect(file.payouts.isEmpty && file.totals == .zero && !file.isPayable)
    }

    @Test(arguments: [
        ("1500", 150_000), ("1500.5", 150_050), ("1500.05", 150_005), ("\"1500,50\"", 150_050), ("0.01", 1),
        ("92233720368547758.07", Int64.max),
    ])
    func somHaveAtMostTwoDecimals(amount: String, tiyin: Int64) {
        let file = PayrollText.file("account,mfo,pan,exp,amount_uzs", PayrollText.row(amount: amount))
        #expect(file.payouts.map(\.amount) == [Tiyin(tiyin)])
    }

    @Test(arguments: [
        ("1500.555", Problem.amountHasTooManyDecimals), ("\"1,500\"", .amountAmbiguous("1500")),
        ("1.500.00", .amountNotANumber), (".5", .amountNotANumber), ("5.", .amountNotANumber),
        ("0.00", .amountNotPositive), ("-1.00", .amountNotPositive), ("92233720368547758.08", .amountTooLarge),
    ])
    func otherAmountsInSomAreRefused(amount: String, problem: Problem) {
        let file = PayrollText.file("account,mfo,pan,exp,amount_uzs", PayrollText.row(amount: amount))
        #expect(file.problems == [problem] && file.findings.first?.column == .amountUZS)
    }

    @Test func aCardIsGoodUntilTheEndOfItsMonth() {
        #expect(PayrollText.file(PayrollText.header, PayrollText.row(exp: "1126")).isPayable)
    }

    @Test func limitsAreKept() {
        var options = PayrollText.november2026
        options.maximumRow = Tiyin(150_000)
        options.maximumBatch = Tiyin(200_000)
        let text = [
            PayrollText.header, PayrollText.row(), PayrollText.row(pan: PayrollText.cards[1]),
            PayrollText.row(amount: "150001"),
        ].map { $0 + "\n" }.joined()
        let file = PayrollText.read(text, options: options)
        #expect(
            file.problems == [
                .amountAboveLimit(Tiyin(150_000)), .batchAboveLimit(sum: Tiyin(300_000), limit: Tiyin(200_000)),
            ])
    }

    @Test func aFileWithMoreRowsThanItMayHaveIsAnErrorAndTheirNumberIsNot() {
        var options = PayrollText.november2026
        options.maximumRows = 2
        let rows = [PayrollText.row(), PayrollText.row(pan: PayrollText.cards[1])]
        let text = { (rows: [String]) in ([PayrollText.header] + rows).map { $0 + "\n" }.joined() }
        #expect(PayrollText.read(text(rows), options: options).isPayable)
        let file = PayrollText.read(text(rows + [PayrollText.row(amount: "7")]), options: options)
        #expect(file.problems == [.tooManyRows(limit: 2)] && !file.isPayable)
        #expect(file.totals.rows == 2 && file.payouts.map(\.row) == [2, 3])
    }

    @Test func aBatchAtItsLimitMayBePaid() {
        var options = PayrollText.november2026
        options.maximumBatch = Tiyin(150_000)
        #expect(PayrollText.read(PayrollText.header + "\n" + PayrollText.row(), options: options).isPayable)
        let above = PayrollText.read(PayrollText.header + "\n" + PayrollText.row(amount: "150001"), options: options)
        #expect(above.problems == [.batchAboveLimit(sum: Tiyin(150_001), limit: Tiyin(150_000))])
    }

    /// `1,234,567.5` comes as three fields where it should be one.
    @Test(arguments: [1, 2, 3]) func aRowIsCalledShiftedWhereUpToTwoCommasCutAField(commas: Int) {
        let amount = "1" + String(repeating: ",234", count: commas)
        let file = PayrollText.file("account,mfo,pan,exp,amount_uzs", PayrollText.row(amount: amount))
        let problem =
            commas > 2 ? Problem.wrongFieldCount(found: 5 + commas, expected: 5) : .shiftedByDelimiter
        #expect(file.problems == [problem])
    }

    /// Nobody can say whether it agrees: a row below it has an amount that cannot be read.
    @Test func aTotalAboveARowThatCannotBeReadIsNotHeldAgainstTheOthers() {
        let file = PayrollText.file(
            PayrollText.header, "Total,,,,1", PayrollText.row(), PayrollText.row(amount: "x"))
        #expect(file.problems == [.amountNotANumber])
    }

    @Test func aTotalBelowARowThatCannotBeReadIsNotHeldAgainstTheOthers() {
        let file = PayrollText.file(PayrollText.header, PayrollText.row(amount: "x"), "Total,,,,1")
        #expect(file.problems == [.amountNotANumber])
    }

    @Test(arguments: [("150000", true), ("150001", false)])
    func aTotalAboveTheRowsMustBeTheirSum(total: String, agrees: Bool) {
        let file = PayrollText.file(PayrollText.header, "Total,,,,\(total)", PayrollText.row())
        #expect(file.problems == (agrees ? [] : [.totalDisagrees(counted: Tiyin(150_000))]))
        #expect(file.passedOver.map(\.kind) == (agrees ? [.total(agrees: true)] : []))
    }

    @Test func aSumBeyond64BitsIsAnError() {
        let file = PayrollText.file(
            PayrollText.header, PayrollText.row(amount: String(Int64.max)),
            PayrollText.row(pan: PayrollText.cards[1], amount: "1"))
        #expect(file.problems == [.batchTooLarge] && file.totals.rows == file.payouts.count)
    }

    @Test(arguments: [
        ("account,mfo,pan,exp", [Problem.missingAmountColumn]),
        ("amount,name", [.missingPayer, .missingColumn]),
        ("account,mfo,pan,exp,amount,PAN", [.doubledColumn]),
        ("account,mfo,pan,exp,amount,amount_uzs", [.twoAmountColumns]),
    ])
    func theHeaderIsChecked(header: String, problems: [Problem]) {
        let file = PayrollText.file(header, header.split(separator: ",").map { _ in "" }.joined(separator: ","))
        #expect(Set(file.problems) == Set(problems + [.noRows]))
        #expect(file.findings.dropLast().allSatisfy { $0.row == 1 && $0.column != nil })
    }

    @Test func noRowIsAcceptedUnderAHeaderWithAnError() {
        let file = PayrollText.file("account,mfo,pan,exp,amount,amount_uzs", PayrollText.row(more: ",1500"))
        #expect(file.payouts.isEmpty && file.problems == [.twoAmountColumns])
    }

    @Test(arguments: ["", "\n\n", "\u{FEFF}", " , ,\n"]) func anEmptyFileIsAnError(text: String) {
        #expect(PayrollText.read(text).problems == [.emptyFile])
    }

    @Test func aHeaderAloneIsAnError() {
        #expect(PayrollText.file(PayrollText.header, "").problems == [.noRows])
    }

    @Test func twoLostQuotesDoNotHideARow() {
        let file = PayrollText.file(
            PayrollText.header + ",name", PayrollText.row(more: ",\"Ali"), PayrollText.row(more: ",Vali\""))
        #expect(file.problems == [.unclosedQuote] && file.payouts.map(\.row) == [3])
    }

    @Test func theSameCardAndAmountTwiceIsAWarningThatNamesTheEarlierRow() {
        let file = PayrollText.file(
            PayrollText.header, PayrollText.row(), PayrollText.row(amount: "7"),
            PayrollText.row(pan: "8600 0691 9540 6311"))
        #expect(file.warnings.map(\.problem) == [.samePayment(asRow: 2)])
        #expect(file.warnings.first?.row == 4 && file.warnings.first?.value == "860006******6311")
        #expect(file.isPayable && file.totals.rows == 3)
    }

    @Test func allFindingsComeAtOnce() {
        let file = PayrollText.file(
            PayrollText.header, PayrollText.row(account: "1", mfo: "2", pan: "3", exp: "4", amount: "x"),
            PayrollText.row(), "1", PayrollText.row(amount: "-1"))
        #expect(file.findings.map(\.row) == [2, 2, 2, 2, 2, 4, 5])
        #expect(file.findings.map(\.column) == [.account, .mfo, .pan, .exp, .amount, nil, .amount])
        #expect(file.payouts.map(\.row) == [3])
    }

    @Test func aFormulaInAnyColumnIsFoundAndItsCardMasked() {
        let file = PayrollText.file(
            PayrollText.header + ",note", PayrollText.row(pan: "=8600069195406311", more: ",=A1"))
        #expect(file.problems == [.formula, .formula])
        #expect(file.findings.map(\.column) == [.pan, nil])
        #expect(file.findings.map(\.value) == ["=860006******6311", "=A1"])
    }

    @Test func valuesAreCutAndCannotSteerATerminal() throws {
        let file = PayrollText.file(
            PayrollText.header, PayrollText.row(mfo: "\u{1B}[2J" + String(repeating: "x", count: 60)))
        let value = try #require(file.findings.first?.value)
        #expect(value.count == 40 && value.hasPrefix("·[2J"))
    }

    @Test func aCardInTheNameIsMasked() {
        let file = PayrollText.file(
            PayrollText.header + ",name,id", PayrollText.row(more: ",Aziz 8600069195406311,8600069195406311"))
        #expect(file.payouts.first?.name == "Aziz 860006******6311")
        #expect(file.payouts.first?.rowKey == "860006******6311")
    }
}
