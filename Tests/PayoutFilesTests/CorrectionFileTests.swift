import Fixtures
import Foundation
import PaymentValues
import Payouts
import Sandbox
import Testing

@testable import PayoutFiles

@Suite struct CorrectionFileTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func read(_ text: String, _ encoding: String.Encoding = .utf8) throws -> CorrectionFile {
        let path = folder.path("corrections.csv")
        try #require(text.data(using: encoding)).write(to: URL(fileURLWithPath: path))
        var options = PayrollText.november2026
        options.maximumRow = Tiyin(1_000_000_00)
        return try CorrectionFile.read(from: path, options: options)
    }

    private func codes(_ file: CorrectionFile) -> [String] { file.log.kept.map(\.problem.code) }

    @Test func theReportItselfIsReadWithItsSheetToDecide() throws {
        let path = folder.path("report.xlsx")
        let head = ["Строка", "Карта", "Срок, ММГГ", "Сумма, сум", "Состояние"]
        let bytes = WrittenWorkbook.bytes([
            ("Сводка", [["Реестр", "май"]]),
            ("Строки", [["Строка", "Карта", "Сумма, сум"], ["2", "986000******0018", "1500,50"]]),
            (
                "Ждут решения",
                [head, ["3", PayrollText.cards[0], "04/30", "", "x"], ["4", "986000******0018", "", "7,5", ""]]
            ),
        ])
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        let file = try CorrectionFile.read(from: path, options: PayrollText.november2026)
        #expect(file.log.count == 0 && file.entries.map(\.row) == [3, 4])
        #expect(file.entries.first?.correction.card?.digits == PayrollText.cards[0])
        #expect(file.entries.last?.correction.amount == Tiyin(750))
        #expect(file.entries.last?.maskedCard == "986000******0018")
    }

    @Test func aCardThatIsANumberInTheTableIsAnError() throws {
        let path = folder.path("report.xlsx")
        let rows =
            #"<row><c t="str"><v>row</v></c><c t="str"><v>pan</v></c><c t="str"><v>exp</v></c></row>"#
            + #"<row><c><v>3</v></c><c><v>8600069195406311</v></c><c t="str"><v>0430</v></c></row>"#
        try Data(WrittenWorkbook.bytes(sheets: [(name: "a", rows: rows)])).write(to: URL(fileURLWithPath: path))
        let file = try CorrectionFile.read(from: path, options: PayrollText.november2026)
        #expect(codes(file) == ["digitsLost"])
    }

    @Test func anEmptyFieldChangesNothing() throws {
        let file = try read("row,pan,exp,amount\n3,\(PayrollText.cards[0]),0330,\n5,,,150000\n7,,,\n")
        #expect(file.log.count == 0)
        #expect(file.entries.map(\.row) == [3, 5, 7])
        #expect(file.entries[0].correction.card?.digits == PayrollText.cards[0])
        #expect(file.entries[0].correction.amount == nil)
        #expect(file.entries[1].correction == Correction(amount: Tiyin(150_000)))
        #expect(file.entries[2].correction.isEmpty)
    }

    @Test(arguments: [String.Encoding.windowsCP1251, .utf8, .utf16]) func theSheetOfTheReportIsReadAsSpreadsheetsSaveIt(
        encoding: String.Encoding
    ) throws {
        let file = try read(
            """
            Строка;Получатель;Карта;Срок, ММГГ;Счёт отправителя;МФО;Сумма, сум;Состояние;Что делать
            3;Исмоилов;986000******0018;;20208000900123456001;01183;1 500,50;отказано;Уточните номер
            5;Каримов;\(PayrollText.cards[1]);0330;20208000900123456001;01183;2000,00;отказано;Уточните номер

            """, encoding)
        #expect(codes(file) == [])
        #expect(file.entries.map(\.maskedCard) == ["986000******0018", nil])
        #expect(file.entries.map(\.correction.amount) == [Tiyin(150_050), Tiyin(200_000)])
        #expect(file.entries[1].correction.expiry?.mmyy == "0330")
    }

    /// The report's headings, in each language.
    @Test(arguments: [
        "Строка;Код строки (id);ФИО получателя;Карта;Срок действия, ММГГ;Счёт списания;МФО;Сумма, сум;Комиссия банка, сум",
        "Qator;Ichki raqam (id);Oluvchi;Karta;Amal qilish muddati, OOYY;To‘lovchi hisobraqami;MFO;Summa, so‘m;Komissiya",
        "Row;Row id;Recipient;Card;Expiry, MMYY;Account to debit;MFO;Amount, so‘m;Bank’s commission, so‘m",
    ])
    func theSheetOfTheReportIsReadInEveryLanguage(header: String) throws {
        let file = try read(
            """
            \(header)
            5;K-5;Каримов;\(PayrollText.cards[1]);0330;20208000900123456001;01183;2000,00;

            """, .utf8)
        #expect(codes(file) == [])
        let correction = try #require(file.entries.first?.correction)
        #expect(correction.card?.digits == PayrollText.cards[1] && correction.expiry?.mmyy == "0330")
        #expect(correction.account?.digits == "20208000900123456001" && correction.bankCode?.digits == "01183")
        #expect(correction.amount == Tiyin(200_000))
    }

    @Test(arguments: [
        ("pan,exp\n8600069195406311,0330\n", "noRowColumn"),
        ("row,amount\nx,100\n", "rowNotANumber"),
        ("row,amount\n1,100\n", "rowNotANumber"),
        ("row,amount\n3,100\n3,200\n", "rowNamedTwice"),
        ("row,pan\n3,8600069195406311\n", "newCardWithoutExpiry"),
        ("row,pan,exp\n3,8600069195406312,0330\n", "panCheckDigit"),
        ("row,pan,exp\n3,\"8,60007E+15\",0330\n", "scientificNotation"),
        ("row,exp\n3,330\n", "lostLeadingZero"),
        ("row,exp\n3,0124\n", "expiryPast"),
        ("row,mfo\n3,1183\n", "lostLeadingZero"),
        ("row,account\n3,123\n", "accountNot20Digits"),
        ("row,amount\n3,1500.50\n", "amountNotWhole"),
        ("row,amount\n3,0\n", "amountNotPositive"),
        ("row,amount\n3,100000001\n", "amountAboveLimit"),
        ("row,amount,amount_uzs\n3,1,1\n", "twoAmountColumns"),
        ("row,amount,amount\n3,1,1\n", "doubledColumn"),
        ("row,amount_uzs\n3,1500,50\n", "wrongFieldCount"),
        ("row,amount\n3\n", "wrongFieldCount"),
        ("row,amount\n3,=E2*2\n", "formula"),
        ("row,amount\n3,\"100\n", "unclosedQuote"),
        ("", "noRowColumn"),
    ]) func aCorrectionObeysTheRulesOfAPayoutFile(text: String, code: String) throws {
        let file = try read(text)
        #expect(codes(file).contains(code), "\(codes(file))")
        #expect(file.log.errorCount > 0)
    }
}
