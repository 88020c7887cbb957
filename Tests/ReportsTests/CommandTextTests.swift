import Fixtures
import Foundation
import Payouts
import Reports
import Testing

/// The texts of the command line: the three languages say the same, and every text is used.
@Suite struct CommandTextTests {
    /// Texts that English has elsewhere: `LedgerError`, `OpeningFinding`, `ReportError`, `BatchReference.Invalid`, and
    /// details inside the sentence.
    private static let translatedOnly = [
        "ledger.", "finding.", "report.", "name.", "error.settings", "error.unexpected", "log.line", "run.asking",
    ]
    /// English names states and reasons by their codes here, and shows system messages inside the sentence.
    private static let worded = [
        "row.ended", "rerun.takenBack", "error.notRefused", "statement.paused", "inbox.paused", "error.cannotStage",
        "error.inboxFile", "error.anotherRound", "left.cannotBeTaken",
    ]

    private func keys(_ language: Language) -> Set<String> {
        Set(TextCatalogue.ofCommands(language).texts.keys)
    }

    private func placeholders(_ text: String) -> Set<String> {
        Set(text.matches(of: /\{([a-zA-Z]+)\}/).map { String($0.1) })
    }

    @Test func everyLanguageHasEveryText() {
        #expect(keys(.ru) == keys(.uz))
        let english = keys(.ru).filter { key in !Self.translatedOnly.contains(where: key.hasPrefix) }
        #expect(keys(.en) == english, "\(keys(.en).symmetricDifference(english))")
    }

    @Test func everyLanguageSaysTheSameValues() throws {
        for key in keys(.ru) {
            let values = Language.allCases.compactMap { TextCatalogue.ofCommands($0).texts[key].map(placeholders) }
            #expect(values[0] == values[1], "\(key)")
            if !Self.worded.contains(key) { #expect(Set(values).count == 1, "\(key): \(values)") }
        }
    }

    @Test func everyFormOfACountedTextHasItsNumber() {
        for key in keys(.ru) where TextCatalogue.ofCommands(.ru).forms(key).count > 1 {
            let forms = TextCatalogue.ofCommands(.ru).forms(key)
            #expect(forms.count == 3, "\(key)")
            // The first form serves 21 and 101 too. The column of a table has its number beside it.
            #expect(forms.allSatisfy { $0.contains("{n}") } || key == "statement.rows", "\(key)")
            #expect(TextCatalogue.ofCommands(.uz).forms(key).count == 1, "\(key)")
        }
    }

    /// Returns the last two digits' form as grammar books say it: 1, 21, 31 … | 2, 3, 4, 22 … | the rest.
    private func russianForm(_ number: Int) -> Int {
        if (11...14).contains(number % 100) { return 2 }
        return number % 10 == 1 ? 0 : (2...4).contains(number % 10) ? 1 : 2
    }

    @Test(arguments: 0...121) func everyCountedTextHasThePluralOfItsNumber(number: Int) {
        for key in keys(.ru) where TextCatalogue.ofCommands(.ru).forms(key).count > 1 {
            let forms = TextCatalogue.ofCommands(.ru).forms(key)
            let expected = forms[russianForm(number)].replacing("{n}", with: "\(number)")
            #expect(TextCatalogue.ofCommands(.ru)(key, count: number) == expected, "\(key)")
        }
        for key in keys(.en) where TextCatalogue.ofCommands(.en).forms(key).count > 1 {
            let forms = TextCatalogue.ofCommands(.en).forms(key)
            let expected = forms[number == 1 ? 0 : 1].replacing("{n}", with: "\(number)")
            #expect(TextCatalogue.ofCommands(.en)(key, count: number) == expected, "\(key)")
        }
    }

    @Test(arguments: [
        (0, "0 выплат", "0 ошибок", "0 строк реестра «июль»"), (1, "1 выплату", "1 ошибка", "1 строка реестра «июль»"),
        (2, "2 выплаты", "2 ошибки", "2 строки реестра «июль»"), (5, "5 выплат", "5 ошибок", "5 строк реестра «июль»"),
        (11, "11 выплат", "11 ошибок", "11 строк реестра «июль»"),
        (21, "21 выплату", "21 ошибка", "21 строка реестра «июль»"),
        (101, "101 выплату", "101 ошибка", "101 строка реестра «июль»"),
        (1_000, "1 000 выплат", "1 000 ошибок", "1 000 строк реестра «июль»"),
    ])
    func russianNumbersReadAsPeopleSayThem(number: Int, payouts: String, errors: String, rows: String) {
        let words = TextCatalogue.ofCommands(.ru)
        #expect(words("ask.payouts", count: number) == payouts)
        #expect(words("rejection.errorCount", count: number) == errors)
        #expect(words("finding.rows", count: number, ["batch": "июль"]) == rows)
    }

    @Test(arguments: [
        (
            Language.ru, "Отправить 21 выплату на сумму 1 234 567,89 сум?",
            "Отправить 21 выплату на сумму 1 234 567,89 сум, несмотря на 2 предупреждения?"
        ),
        (
            .uz, "21 ta to‘lov, jami 1 234 567,89 so‘m yuborilsinmi?",
            "2 ta ogohlantirish borligiga qaramay, 21 ta to‘lov, jami 1 234 567,89 so‘m yuborilsinmi?"
        ),
        (
            .en, "Send 21 payouts for 1 234 567,89 so‘m?",
            "Send 21 payouts for 1 234 567,89 so‘m in spite of 2 warnings?"
        ),
    ])
    func theQuestionBeforeMoneyMovesHasItsCountAndSum(language: Language, plain: String, warned: String) {
        let words = TextCatalogue.ofCommands(language)
        let values = [
            "payouts": words("ask.payouts", count: 21), "sum": "1 234 567,89",
            "warnings": words("ask.warnings", count: 2),
        ]
        #expect(words("ask.plain", values) == plain)
        #expect(words("ask.warned", values) == warned)
    }

    @Test func aValueWithBracesStaysAsItIs() {
        let words = TextCatalogue.ofCommands(.en)
        #expect(words("error.fileHasErrors", count: 2, ["name": "{n}.csv"]).hasPrefix("{n}.csv has 2 errors"))
        #expect(words("run.report", ["path": "a{b"]) == "report: a{b")
    }

    /// Letters of the Latin alphabet are names, commands, settings, codes and formats.
    @Test func russianTextsHaveNoEnglishWords() {
        let allowed: [Regex<Substring>] = [
            /\{[a-zA-Z]+\}/, /--unit (?:som|tiyin)/,
            /--[a-z-]+/, /payout(?: [a-z]+)?/, /PAYOUT_[A-Z_]+/, /mkdir -p -m 700|mv|chmod(?: \+t)?/,
            /agentTranId|Excel|UTF-8|Ctrl-C|done\/|sudo|"S UZS"|\bN\b/,
        ]
        for (key, text) in TextCatalogue.ofCommands(.ru).texts {
            let rest = allowed.reduce(text) { $0.replacing($1, with: "") }
            #expect(rest.firstMatch(of: /[A-Za-z]+/) == nil, "\(key): \(rest)")
        }
    }

    @Test func everyTextIsUsedAndEveryUsedTextExists() throws {
        var sources = ""
        for folder in ["Sources/Operations", "Sources/payout"] {
            for path in try FileManager.default.subpathsOfDirectory(atPath: Checkout.file(folder).path)
            where path.hasSuffix(".swift") {
                sources += try String(contentsOf: Checkout.file("\(folder)/\(path)"), encoding: .utf8)
            }
        }
        for key in keys(.ru) { #expect(sources.contains("\"\(key)\""), "\(key) is not used") }
        for match in sources.matches(of: /\bwords\(\s*"([a-zA-Z.]+)"/) {
            #expect(keys(.ru).contains(String(match.1)), "\(match.1) does not exist")
        }
    }
}
