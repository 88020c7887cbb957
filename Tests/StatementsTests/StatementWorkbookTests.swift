import Fixtures
import PaymentValues
import PayoutFiles
import Payouts
import Sandbox
import Testing

@testable import Statements

@Suite struct StatementWorkbookTests {
    private static let head = ["Дата операции", "№ документа", "Дебет", "Кредит", "Назначение платежа"]

    private static func table(above: [[String]] = [], account: String = "20208000900123456001") -> [[String]] {
        above + [
            ["Счет", account], ["01.11.2026 - 30.11.2026"], ["Входящий остаток", "100.00"], head,
            ["03.11.2026", "17", "40.50", "", "Выплата"], ["Исходящий остаток", "59.50"],
        ]
    }

    private static func findings(_ sheets: [(name: String, rows: [[String]])]) throws -> [StatementFinding] {
        try StatementReader.findings(WrittenWorkbook.bytes(sheets))
    }

    @Test func theNamesOfTheColumnsMayStandAnywhereInTheFirstTwentyRows() throws {
        let title = [["АКБ Пример"]]
        #expect(try Self.findings([("Выписка", Self.table())]).isEmpty)
        let sixteen = Self.table(above: Array(repeating: title[0], count: 16))
        #expect(try Self.findings([("Выписка", sixteen)]).isEmpty)
        #expect(
            try Self.findings([("Выписка", Self.table(above: title + sixteen.prefix(16)))]).map(\.problem) == [.noTable]
        )
    }

    @Test func theNamesOfTheColumnsMayTakeTwoRows() throws {
        let names = [["Дата", "№ док.", "Обороты", "", "Назначение платежа"], ["", "", "Дебет", "Кредит", ""]]
        var table = Self.table()
        table.replaceSubrange(3...3, with: names)
        #expect(try Self.findings([("Выписка", table)]).isEmpty)
        #expect(try Self.findings([("О банке", [["Тел."]]), ("Выписка", table)]).isEmpty)
    }

    @Test func theSheetWithTheTableIsRead() throws {
        #expect(try Self.findings([("О банке", [["Тел. 1234567"]]), ("Выписка", Self.table())]).isEmpty)
        #expect(
            try Self.findings([("Октябрь", Self.table()), ("Ноябрь", Self.table())]).map(\.problem)
                == [.severalSheets(["Октябрь", "Ноябрь"])])
    }

    @Test func aFindingNamesTheRowOfTheSheet() throws {
        var table = Self.table()
        table[4][2] = "1,500"
        #expect(
            try Self.findings([("Выписка", table)]) == [StatementFinding(.amountUnreadable("1,500"), at: 5)])
    }

    @Test func anAccountThatIsANumberHasLostDigits() throws {
        let row = "<row><c t=\"str\"><v>Счет</v></c><c><v>20208000900123456001</v></c></row>"
        let names = Self.head.map { "<c t=\"str\"><v>\($0)</v></c>" }.joined()
        let findings = try StatementReader.findings(
            WrittenWorkbook.bytes(sheets: [(name: "1", rows: row + "<row>\(names)</row>")]))
        #expect(findings.contains(StatementFinding(.digitsLost, at: 1)))
    }

    @Test func aDamagedOrForeignWorkbookIsNamed() throws {
        let whole = WrittenWorkbook.bytes([("Выписка", Self.table())])
        #expect(try StatementReader.findings(Array(whole.dropLast(200))).map(\.problem) == [.damagedWorkbook])
        let other = StoredZip.bytes(of: [("a.txt", [65])])
        #expect(try StatementReader.findings(other).map(\.problem) == [.unknownFormat])
    }

    @Test(arguments: Language.allCases) func everyProblemSaysWhatToDo(_ language: Language) {
        let problems: [StatementProblem] = [
            .tooManyLines(limit: 5), .otherWorkbook, .lockedWorkbook, .damagedWorkbook, .unsafeWorkbook,
            .workbookTooLarge, .severalSheets(["1"]), .digitsLost, .unknownFormat,
        ]
        for problem in problems { #expect(StatementFinding(problem, at: 7).text(language).contains(". ")) }
    }
}
