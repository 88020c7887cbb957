import PaymentValues
import Payouts
import Sandbox
import Testing

@testable import Statements

@Suite struct StatementReaderTests {
    private static let account = "20208000900123456001"

    static func issued() -> IssuedStatement {
        IssuedStatement(
            account: account, accountName: "ООО Пример", from: "2026-11-01", to: "2026-11-30", openingTiyin: 10_000_000,
            entries: [
                StatementEntry(
                    number: "17", day: "2026-11-03", isDebit: true, tiyin: 150_050,
                    counterAccount: "23120000100000001183",
                    counterName: "Anor Bank & Co", purpose: "Выплата; \"карта\" 860006******6311"),
                StatementEntry(
                    number: "18", day: "2026-11-04", isDebit: false, tiyin: 9_999_999_99,
                    counterAccount: "20208000500777777001", counterName: "Покупатель", purpose: "Оплата ёлок № 5"),
            ])
    }

    @Test(arguments: IssuedStatement.Format.allCases, [1, 7, 1 << 16])
    func everyFormatGivesTheSameStatement(_ format: IssuedStatement.Format, pieceSize: Int) throws {
        let box = Box<[StatementLine]>([])
        let statement = try StatementReader.read(Self.issued().bytes(format), pieceSize: pieceSize) { line in
            box.value.append(copy line)
        }
        #expect(statement.account.digits == Self.account)
        #expect(statement.period.lowerBound.iso == "2026-11-01")
        #expect(statement.period.upperBound.description == "30.11.2026")
        #expect(
            statement.balances
                == .init(
                    opening: Tiyin(10_000_000), debits: Tiyin(150_050), credits: Tiyin(999_999_999),
                    closing: Tiyin(1_009_849_949)))
        try #require(box.value.count == 2)
        let (debit, credit) = (box.value[0], box.value[1])
        #expect(debit.isDebit && !credit.isDebit)
        #expect(debit.amount == Tiyin(150_050) && debit.day.iso == "2026-11-03")
        #expect(String(decoding: debit.document, as: UTF8.self) == "17")
        #expect(String(decoding: debit.counterAccount, as: UTF8.self) == "23120000100000001183")
        #expect(String(decoding: debit.counterName, as: UTF8.self) == "Anor Bank & Co")
        #expect(String(decoding: debit.purpose, as: UTF8.self) == "Выплата; \"карта\" 860006******6311")
        #expect(String(decoding: credit.purpose, as: UTF8.self) == "Оплата ёлок № 5")
    }

    @Test(arguments: IssuedStatement.Format.allCases)
    func aChangedAmountDoesNotAddUp(_ format: IssuedStatement.Format) throws {
        let bytes = Self.issued().bytes(format)
        let changed = String(decoding: bytes, as: UTF8.self).replacing("9999999.99", with: "9999998.99")
            .replacing("9 999 999,99", with: "9 999 998,99")
        guard format != .oneCDOS, format != .oneCWindows, format != .csvWindows else { return }
        let findings = try StatementReader.findings(Array(changed.utf8))
        #expect(!findings.isEmpty)
        for finding in findings {
            for language in Language.allCases { #expect(finding.text(language).count > 20) }
        }
    }

    private static func oneC(_ change: (inout [String]) -> Void) throws -> [StatementFinding] {
        var lines = String(decoding: issued().bytes(.oneCUTF8), as: UTF8.self).split(separator: "\r\n").map(String.init)
        change(&lines)
        return try StatementReader.findings(Array((lines.joined(separator: "\r\n") + "\r\n").utf8))
    }

    @Test func aFindingNamesItsLine() throws {
        func place(_ text: String, in lines: [String]) -> Int { (lines.firstIndex { $0.hasPrefix(text) } ?? -2) + 1 }
        var at = 0
        #expect(
            try Self.oneC {
                at = place("Сумма=1500.50", in: $0)
                $0[at - 1] = "Сумма=1,500"
            } == [StatementFinding(.amountUnreadable("1,500"), at: at)])
        #expect(
            try Self.oneC {
                at = place("КонечныйОстаток", in: $0)
                $0[at - 1] = "КонечныйОстаток=1.00"
            } == [
                StatementFinding(.balancesDoNotAddUp(expected: Tiyin(1_009_849_949), stated: Tiyin(100)), at: at)
            ])
        #expect(
            try Self.oneC {
                at = place("СекцияДокумент", in: $0)
                $0[place("ПлательщикСчет=2020800090", in: $0) - 1] = "ПлательщикСчет=20208000900123456002"
            } == [StatementFinding(.notOfThisAccount, at: at)])
        #expect(
            try Self.oneC {
                at = place("СекцияДокумент", in: $0)
                $0[place("ДатаСписано=03", in: $0) - 1] = "ДатаСписано=03.12.2026"
            } == [StatementFinding(.dayOutsidePeriod(CalendarDay(number: 20_790)), at: at)])
        #expect(
            try Self.oneC {
                $0.removeLast()
                at = $0.count
            } == [StatementFinding(.cut, at: at)])
        #expect(
            try Self.oneC { $0.removeAll { $0.hasPrefix("НачальныйОстаток") } }.map(\.problem) == [.noOpeningBalance])
    }

    @Test func partsOfAStatementMustFollowEachOther() throws {
        let head = ["1CClientBankExchange", "ВерсияФормата=1.03", "Кодировка=UTF-8"]
        func part(_ from: String, _ to: String, _ opening: String, _ closing: String) -> [String] {
            [
                "СекцияРасчСчет", "ДатаНачала=\(from)", "ДатаКонца=\(to)", "РасчСчет=\(Self.account)",
                "НачальныйОстаток=\(opening)", "КонечныйОстаток=\(closing)", "КонецРасчСчет",
            ]
        }
        func findings(_ second: [String]) throws -> [StatementProblem] {
            let lines = head + part("01.11.2026", "10.11.2026", "5.00", "5.00") + second + ["КонецФайла"]
            return try StatementReader.findings(Array((lines.joined(separator: "\n") + "\n").utf8)).map(\.problem)
        }
        #expect(try findings(part("11.11.2026", "30.11.2026", "5.00", "5.00")).isEmpty)
        #expect(try findings(part("12.11.2026", "30.11.2026", "5.00", "5.00")) == [.partsDoNotFollow])
        #expect(try findings(part("10.11.2026", "30.11.2026", "5.00", "5.00")) == [.partsDoNotFollow])
        #expect(try findings(part("11.11.2026", "30.11.2026", "6.00", "6.00")) == [.partsBalancesDiffer])
    }

    @Test func severalStatementsOfAFileMustFollowEachOther() throws {
        func statement(_ from: String, _ to: String, _ opening: Int64) -> String {
            let issued = IssuedStatement(
                account: Self.account, accountName: "ООО Пример", from: from, to: to, openingTiyin: opening,
                entries: [
                    StatementEntry(
                        number: "1", day: from, isDebit: true, tiyin: 100, counterAccount: "23120000100000001183",
                        counterName: "Anor Bank", purpose: "Выплата")
                ])
            return String(decoding: issued.bytes(.camt053), as: UTF8.self)
        }
        func problems(_ second: String) throws -> [StatementProblem] {
            let first = statement("2026-11-01", "2026-11-10", 500)
            let start = try #require(second.firstRange(of: "<Stmt>")?.lowerBound)
            let end = try #require(second.firstRange(of: "</Stmt>")?.upperBound)
            let both = first.replacing("</Stmt>", with: "</Stmt>" + second[start..<end])
            return try StatementReader.findings(Array(both.utf8)).map(\.problem)
        }
        #expect(try problems(statement("2026-11-11", "2026-11-30", 400)).isEmpty)
        #expect(try problems(statement("2026-11-12", "2026-11-30", 400)) == [.partsDoNotFollow])
        #expect(try problems(statement("2026-11-11", "2026-11-30", 300)) == [.partsBalancesDiffer])
        let unbounded = statement("2026-11-11", "2026-11-30", 400).replacing("FrDtTm", with: "Other")
        #expect(try problems(unbounded).contains(.noPeriod))
    }

    /// As an old Mac or a strange export ends its lines.
    @Test(arguments: [IssuedStatement.Format.oneCDOS, .oneCWindows, .csv, .csvWindows])
    func linesMayEndWithACarriageReturnAlone(_ format: IssuedStatement.Format) throws {
        let bytes = Self.issued().bytes(format)
        let returns = bytes.contains(13) ? bytes.filter { $0 != 10 } : bytes.map { $0 == 10 ? 13 : $0 }
        #expect(try StatementReader.read(returns, pieceSize: 7).lines == 2)
    }

    @Test func aTableMayRepeatItsHeadingOnEachPage() throws {
        let names = "Дата;Документ;Дебет;Кредит;Счёт;Назначение"
        let lines = [
            "Выписка по счёту;20208000900123456001", "за период с 01.11.2026 по 30.11.2026",
            // The letter й as a letter and a mark.
            "Входящии\u{306} остаток;100,00", names,
            "03.11.2026;1;40,00;;23120000100000001183;Выплата", names,
            "04.11.2026;2;10,00;;23120000100000001183;Выплата", "Исходящий остаток;50,00", "Главный бухгалтер;;;",
        ]
        #expect(try StatementReader.findings(Array(lines.joined(separator: "\n").utf8)).isEmpty)
    }

    @Test(arguments: [
        ("1234.56", 123_456), ("1 234 567,89", 123_456_789), ("1,234,567.89", 123_456_789), ("5", 500), ("5.5", 550),
        ("0.00", 0), ("-3.20", -320), ("1\u{A0}000,00", 100_000), ("7.10000", 710),
    ])
    func anAmountIsReadToTheTiyin(text: String, tiyin: Int64) {
        #expect(Tiyin(som: Array(text.utf8))?.count == tiyin)
    }

    @Test(arguments: ["", "1,234", "1.234", "1,2,3", "1.005", "12a", "--1", ".5", "5.", "99999999999999999999", "1e5"])
    func anAmountWithTwoReadingsIsNotRead(text: String) {
        #expect(Tiyin(som: Array(text.utf8)) == nil)
    }

    @Test func aDocumentTypeIsRefused() throws {
        let bomb =
            "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><Document>&b;</Document>"
        #expect(try StatementReader.findings(Array(bomb.utf8)).map(\.problem) == [.documentType])
    }

    /// The parser would keep all of it in memory.
    @Test(arguments: [("<a b=\"", "y"), ("", "<a>"), ("<!--", "y")]) func endlessXMLIsRefusedEarly(
        start: String, more: String
    ) throws {
        let head = #"<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02">"#
        let text = head + start + String(repeating: more, count: 400_000)
        var reader = StatementReader { _ in }
        #expect(throws: (any Error).self) {
            for _ in 0..<8 { try reader.take(Array(text.utf8)) }
        }
    }

    /// The parser would keep each of the names in memory.
    @Test(arguments: ["<a%/>", "<a b%=\"\"/>", "<x%:Ntry/>"]) func endlessNamesInXMLAreRefused(element: String) throws {
        let names = (0..<20_000).map { element.replacing("%", with: String($0)) }.joined()
        let problems = try StatementReader.findings(Array("<Document>\(names)</Document>".utf8)).map(\.problem)
        #expect(problems == [.malformedXML("too many names")])
    }

    @Test func endlessElementsInXMLAreRefused() throws {
        let elements = String(repeating: "<Bal/>", count: 100_001)
        let problems = try StatementReader.findings(Array("<Document>\(elements)</Document>".utf8)).map(\.problem)
        #expect(problems == [.malformedXML("too many elements")])
    }

    @Test func anEndlessAccountIsNotKept() throws {
        let findings = try Self.oneC { lines in
            let place = lines.firstIndex { $0.hasPrefix("ПлательщикСчет=") } ?? 0
            lines.insert(
                contentsOf: Array(repeating: "ПлательщикСчет=" + String(repeating: "7", count: 60_000), count: 50),
                at: place)
        }
        #expect(findings.map(\.problem) == [.notOfThisAccount])
    }
}
