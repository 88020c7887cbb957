import Fixtures
import Foundation
import PaymentValues
import Payouts
import Sandbox
import Testing

/// Runs `check`, `import` and `run` on payout files.
@Suite(.oneAtATime) struct CheckTests {
    private let folder: TemporaryFolder
    private let program: Program

    init() throws {
        folder = try TemporaryFolder()
        program = Program(in: folder)
    }

    private func write(_ rows: [String], to name: String = "payroll.csv") throws -> String {
        let path = folder.path(name)
        try Data((["account,mfo,pan,exp,amount"] + rows).map { $0 + "\n" }.joined().utf8)
            .write(to: URL(fileURLWithPath: path))
        return path
    }

    @Test func aMistakeInFiveThousandRowsIsOneLineInThreeLanguages() async throws {
        let file = try write(
            (1...5000).map { "20208000900123456001,1183,\(Samples.card($0).digits),1230,\(100_000 + $0)" })
        for language in ["en", "ru", "uz"] {
            let result = try await program.run("check", file, "--lang", language)
            #expect(result.status == 65)
            #expect(result.output.contains("2–5001 (5 000)") && result.output.contains("01183"), "\(result.output)")
            #expect(result.output.split(separator: "\n").count < 20)
        }
        let json = try await program.run("check", file, "--json").json
        let groups = try #require(json["groups"] as? [[String: Any]])
        #expect(groups.count == 1 && groups.first?["count"] as? Int == 5000)
        #expect(groups.first?["rows"] as? String == "2–5001")
    }

    @Test(arguments: ["ru", "uz", "en"]) func aTemplateIsReadOnceItIsFilledIn(language: String) async throws {
        let path = folder.path("payouts.xlsx")
        #expect(try await program.run("template", "--lang", language).status == 0)
        let empty = try await program.run("check", path, "--json").json
        #expect((empty["groups"] as? [[String: Any]])?.map { $0["code"] as? String } == ["noRows"])
        let row = "['20208000900123456001', '01183', '\(Samples.card(1).digits)', '04/27', 1500.5, 'Каримов', '1']"
        let script = """
            sheet = book.worksheets[0]
            for column, value in enumerate(\(row)):
                sheet.cell(row=2, column=column + 1).value = value
            print(len(sheet.data_validations.dataValidation))
            """
        #expect(try EditedWorkbook.edit(path, script) == "5\n")
        let json = try await program.run("check", path, "--json").json
        #expect(json["isPayable"] as? Bool == true && json["tiyin"] as? Int == 150_050, "\(json)")
    }

    @Test func aMarkedWorkbookIsCorrectedInPlaceBesideItsOriginal() async throws {
        let file = try write([
            "20208000900123456001,01183,\(Samples.card(1).digits),1327,100000",
            "20208000900123456001,01183,\(Samples.card(2).digits),1227,200000",
        ])
        #expect(try await program.run("check", file, "--xlsx").status == 65)
        let marked = folder.path("payroll.findings.xlsx")
        try EditedWorkbook.edit(marked, "book.worksheets[1]['D2'] = '12/27'")
        let json = try await program.run("check", marked, "--json").json
        #expect(json["isPayable"] as? Bool == true && json["tiyin"] as? Int == 300_000, "\(json)")
        try FileManager.default.removeItem(atPath: file)
        let alone = try await program.run("check", marked, "--json").json
        #expect((alone["groups"] as? [[String: Any]])?.map { $0["code"] as? String } == ["maskedCard"])
    }

    @Test func anIDThatAnotherBatchHasOnAnotherCardIsAWarning() async throws {
        func file(_ name: String, card: Int, amount: Int) throws -> String {
            let path = folder.path(name)
            let text =
                "account,mfo,pan,exp,amount,id\n20208000900123456001,01183,\(Samples.card(card).digits),1230,\(amount),CB-17\n"
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
            return path
        }
        #expect(try await program.run("import", file("october.csv", card: 1, amount: 1000)).status == 0)
        let samePerson = try await program.run("check", file("november.csv", card: 1, amount: 2000), "--json").json
        #expect(samePerson["warnings"] as? Int == 0)
        let other = try await program.run("check", file("other.csv", card: 2, amount: 1000), "--json").json
        #expect((other["groups"] as? [[String: Any]])?.map { $0["code"] as? String } == ["keyUsedBefore"], "\(other)")
    }

    @Test func aMissingAccountOrUnitComesFromTheCommandLineOrTheSettings() async throws {
        let file = folder.path("payroll.csv")
        let text =
            "Реестр за ноябрь;;;;\n№;ФИО;Карта;Годен до;Сумма к выплате\n1;Каримов;\(Samples.card(1).digits);04/27;1500\n"
        try Data(text.utf8).write(to: URL(fileURLWithPath: file))
        let asked = try await program.run("check", file)
        #expect(asked.status == 65 && asked.output.contains("--account") && asked.output.contains("--unit tiyin"))
        #expect(
            asked.output.contains("1 500,00 so‘m, if") && asked.output.contains("15,00 so‘m, if"), "\(asked.output)")
        let both = try await program.run("check", file, "--json").json["openUnit"] as? [String: Int]
        #expect(both == ["rows": 1, "tiyinIfSom": 150_000, "tiyinIfTiyin": 1_500])
        for (unit, sum) in [("som", 150_000), ("tiyin", 1_500)] {
            let json = try await program.run(
                "check", file, "--unit", unit, "--account", "20208000900123456001", "--mfo", "01183", "--json"
            ).json
            #expect(json["isPayable"] as? Bool == true && json["tiyin"] as? Int == sum && json["warnings"] as? Int == 0)
        }
        try Data(
            """
            unit: som
            account: "20208000900123456001"
            mfo: "01183"
            columns:
              name: Получатель платежа; ФИО
              amountUzs: К выплате

            """.utf8
        ).write(to: URL(fileURLWithPath: folder.path("payout.yaml")))
        #expect(try await program.run("check", file).status == 0)
        #expect(try await program.run("check", file, "--unit", "euro").status == 64)
        #expect(try await program.run("check", file, "--account", "123").status == 78)
    }

    @Test func aSheetOfAWorkbookMayBeChosen() async throws {
        let rows = { (card: Int) in
            [
                ["account", "mfo", "pan", "exp", "amount"],
                ["20208000900123456001", "01183", Samples.card(card).digits, "1230", "5"],
            ]
        }
        let file = folder.path("payroll.xlsx")
        try Data(WrittenWorkbook.bytes([("Октябрь", rows(1)), ("Ноябрь", rows(2) + rows(3).suffix(1))]))
            .write(to: URL(fileURLWithPath: file))
        let asked = try await program.run("check", file, "--lang", "ru")
        #expect(asked.status == 65 && asked.output.contains("“Октябрь”, “Ноябрь”"), "\(asked.output)")
        let chosen = try await program.run("check", file, "--sheet", "ноябрь", "--json").json
        #expect(chosen["sheet"] as? String == "Ноябрь" && chosen["rows"] as? Int == 2)
    }

    @Test func faultyCellsAreColouredAndCommentedBesideTheFileWithoutACardInFull() async throws {
        let cards = (1...3).map { Samples.card($0).digits }
        let file = try write([
            "20208000900123456001,01183,\(cards[0]),1230,100000",
            "20208000900123456001,1183,\(cards[1]),1230,200000",
            "20208000900123456001,01183,\(cards[2]),1320,8,60E+15",
        ])
        let before = try Data(contentsOf: URL(fileURLWithPath: file))
        let result = try await program.run("check", file, "--xlsx", "--lang", "ru")
        #expect(result.status == 65 && result.errors.contains("payroll.findings.xlsx"))
        #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == before)
        let book = try MarkedCells(folder.path("payroll.findings.xlsx"), sheet: "Файл")
        #expect(book.comments["B3"]?.contains("01183") == true, "\(book.comments)")
        #expect(book.coloured.isSuperset(of: ["B3"]) && book.coloured.isDisjoint(with: ["A2", "B2", "C2", "D2", "E2"]))
        #expect(book.coloured.contains { $0.hasSuffix("4") })
        for card in cards { #expect(!book.everything.contains(card)) }
        #expect(book.everything.contains(cards[0].prefix(6) + "******" + cards[0].suffix(4)))
    }

    @Test func aFileWithoutFindingsGetsNoWorkbook() async throws {
        let file = try PayoutCSV(rows: 3, in: folder)
        #expect(try await program.run("check", file.path, "--xlsx").status == 0)
        #expect(!FileManager.default.fileExists(atPath: folder.path("payroll.findings.xlsx")))
    }

    @Test(arguments: [
        ["check"], ["import"], ["run", "--sandbox", "--yes"],
    ]) func otherTotalsThanExpectedStopBeforeAnythingIsStored(command: [String]) async throws {
        let file = try PayoutCSV(rows: 3, in: folder)
        func run(_ expected: String...) async throws -> Program.Result {
            try await program.start([command[0], file.path] + command.dropFirst() + expected).wait()
        }
        for expected in [
            ["--expect-rows", "4"], ["--expect-sum", "\(file.sumTiyin) UZS"],
            ["--expect-sum", "\(file.sumTiyin + 1) tiyin"],
        ] {
            let result = try await run(expected[0], expected[1])
            #expect(result.status == 65, "\(expected): \(result.errors)")
            #expect(result.errors.contains("nothing was stored or sent"))
        }
        #expect(try await run("--expect-sum", "\(file.sumTiyin)").status == 64, "a sum without its unit")
        let status = try await program.run("status", "payroll")
        #expect(status.status == 66, "\(status.output)\(status.errors)")
        #expect(
            try await run("--expect-rows", "3", "--expect-sum", "\(file.sumTiyin) tiyin").status == 0)
    }

    @Test func aFileOfManyGigabytesIsRefusedWithoutReadingIt() async throws {
        let path = folder.path("huge.csv")
        try Data("account,mfo,pan,exp,amount\n".utf8).write(to: URL(fileURLWithPath: path))
        try unsafe #require(truncate(path, 5 << 30) == 0)
        let result = try await program.run("check", path)
        #expect(result.status == 65)
        #expect(result.errors.contains("5120 MB") && result.errors.contains("256 MB"), "\(result.errors)")
    }

    @Test func aLineWithoutAnEndIsRefusedWithItsRow() async throws {
        let path = folder.path("line.csv")
        try Data(("account,mfo,pan,exp,amount\n" + String(repeating: "8", count: 100 << 20)).utf8)
            .write(to: URL(fileURLWithPath: path))
        let result = try await program.run("check", path)
        #expect(result.status == 65)
        #expect(result.errors.contains("Row 2") && result.errors.contains("64 KB"), "\(result.errors)")
    }
}

/// The marks in a workbook, as openpyxl reads them.
private struct MarkedCells {
    let coloured: Set<String>
    let comments: [String: String]
    /// All texts of all sheets.
    let everything: String

    private static let script = """
        import json, sys, openpyxl
        book = openpyxl.load_workbook(sys.argv[1])
        cells = [c for r in book[sys.argv[2]].iter_rows() for c in r]
        every = [c for s in book for r in s.iter_rows() for c in r]
        print(json.dumps({
            "coloured": [c.coordinate for c in cells if c.fill.fill_type],
            "comments": {c.coordinate: c.comment.text for c in cells if c.comment},
            "everything": "\\n".join(str(c.value) + (c.comment.text if c.comment else "") for c in every)}))
        """

    private struct Document: Decodable {
        let coloured: Set<String>
        let comments: [String: String]
        let everything: String
    }

    init(_ path: String, sheet: String) throws {
        let document = try JSONDecoder().decode(Document.self, from: Python.output(of: Self.script, path, sheet))
        (coloured, comments, everything) = (document.coloured, document.comments, document.everything)
    }
}
