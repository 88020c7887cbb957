import Fixtures
import Foundation
import PaymentValues
import Payouts
import Testing

/// A month of work in Russian: the command line says nothing in English to an accountant.
@Suite(.oneAtATime) struct RussianMonthTests {
    private let folder: TemporaryFolder
    private let accountant: Program
    private let director: Program
    private let bank: ServedSandbox

    init() async throws {
        folder = try TemporaryFolder()
        var program = Program(in: folder)
        bank = try await ServedSandbox(program)
        program.environment.merge(bank.settings) { $1 }
        program.environment["LC_ALL"] = "ru_RU.UTF-8"
        program.environment["PAYOUT_REQUIRE_APPROVAL"] = "true"
        program.environment["PAYOUT_RECONCILE_QUIET_PERIOD"] = "0"
        program.environment["PAYOUT_REQUEST_TIMEOUT"] = "2"
        program.environment["SUDO_USER"] = "dilnoza"
        accountant = program
        program.environment["SUDO_USER"] = "rustam"
        director = program
        try FileManager.default.createDirectory(atPath: folder.path("входящие"), withIntermediateDirectories: true)
    }

    /// Test cards; docs/sandbox.md says how the bank treats them.
    private enum Card {
        static let notActive = "8600000000000023"
        static let lostBeforeItWasPaid = "8600000000000148"
        static let debitedAndToBeTakenBack = "8600000000000239"
    }

    private func write(_ name: String, header: String = "счёт,МФО,карта,срок,сумма в тийинах", _ lines: [String]) throws
    {
        try Data((([header] + lines).joined(separator: "\n") + "\n").utf8)
            .write(to: URL(fileURLWithPath: folder.path(name)))
    }

    private func line(_ card: String, _ tiyin: Int = 100_000, mfo: String = "01183") -> String {
        "20208000900123456001,\(mfo),\(card),1230,\(tiyin)"
    }

    /// Texts in Latin letters that are names, paths, commands or codes.
    private static var allowed: [Regex<Substring>] {
        [
            /--rows N --sum "S UZS"/, /https?:\/\/[^\s)]+/, /\S*\/\S*/, /\S+\.(?:csv|xlsx|txt|part|sqlite)/,
            /[a-z]+@[^\s,:;]+/, /--[a-z-]+/,
            /payout(?: [a-z]+)?/, /PAYOUT_[A-Z_]+/, /[a-z]+(?:_[a-z]+)+/, /\([a-z_]+, agentTranId \d+\)/,
            /agentTranId|UTF-8|Excel|CSV/,
            // A column of a sheet, before its heading.
            /\b[A-Z] +(?=[а-яА-Я])/,
        ]
    }

    /// Expects a result and that every word of it is Russian.
    @discardableResult private func expect(
        _ result: Program.Result, _ status: Int32, saying texts: String...,
        sourceLocation: SourceLocation = #_sourceLocation
    ) -> String {
        let text = result.output + result.errors
        #expect(result.status == status, "\(text)", sourceLocation: sourceLocation)
        for part in texts { #expect(text.contains(part), "“\(part)”: \(text)", sourceLocation: sourceLocation) }
        expectRussian(text, sourceLocation: sourceLocation)
        return text
    }

    private func expectRussian(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) {
        // The technical log stays English, and lines for the administrator quote it.
        for line in text.split(whereSeparator: \.isNewline)
        where !["технический журнал:", "Для администратора:"].contains(where: line.contains) {
            let rest = Self.allowed.reduce(String(line)) { $0.replacing($1, with: "") }
            #expect(rest.firstMatch(of: /[A-Za-z]+/) == nil, "“\(rest)” of “\(line)”", sourceLocation: sourceLocation)
        }
    }

    @Test func aMonthOfWorkHasNoEnglishWord() async throws {
        // A file with errors and warnings, and without them.
        try write("ошибки.csv", [line(Samples.card(1).digits, mfo: "1183"), line(Samples.card(2).digits, 0)])
        expect(try await accountant.run("check", "ошибки.csv"), 65, saying: "Ошибки: ", "разделитель: запятая")
        expect(try await accountant.run("import", "ошибки.csv"), 65, saying: "Ничего не сохранено и не отправлено")
        expect(try await accountant.run("check", "нет.csv"), 66, saying: "не найден")
        let lines =
            (1...20).map { line(Samples.card($0).digits, 100_000 + $0) } + [
                line(Card.notActive), line(Card.lostBeforeItWasPaid), line(Card.debitedAndToBeTakenBack),
            ]
        let sum = (1...20).reduce(300_000) { $0 + 100_000 + $1 }
        try write("зарплата.csv", lines)
        expect(try await accountant.run("check", "зарплата.csv"), 0, saying: "строк:", "23", "сум (")
        expect(
            try await accountant.run("check", "зарплата.csv", "--expect-rows", "22"), 65, saying: "а ожидалось 22")

        // Approval.
        expect(try await accountant.run("import", "зарплата.csv"), 0, saying: "сохранено как реестр «зарплата»")
        expect(try await accountant.run("import", "зарплата.csv"), 65, saying: "уже загружен под названием зарплата")
        expect(try await accountant.run("status", "зарплата"), 0, saying: "ещё не утверждён", "итоги сходятся")
        expect(try await accountant.run("run", "зарплата", "--yes"), 77, saying: "ждёт утверждения")
        let approve = ["approve", "зарплата", "--rows", "23", "--sum"]
        expect(try await accountant.start(approve + ["\(sum) tiyin"]).wait(), 77, saying: "другой сотрудник")
        expect(try await director.start(approve + ["1 tiyin"]).wait(), 77, saying: "Вы ввели: строк — 23")
        expect(try await director.start(approve + ["\(sum) tiyin"]).wait(), 0, saying: "утвердил(а): rustam")

        // The question, and the run with refused and unknown rows.
        expect(try await accountant.run("run", "зарплата"), 64, saying: "добавьте --yes")
        let asked = try Terminal(accountant).say(
            ["run", "зарплата"], [("[да/Нет]", "нет")])
        #expect(asked.status == 75 && asked.text.contains("Отправить 23 выплаты на сумму"), "\(asked.text)")
        #expect(asked.text.contains("Ничего не отправлено"))
        let answered = try Terminal(accountant).say(["run", "зарплата"], [("[да/Нет]", "да")])
        #expect(answered.status == 11, "\(answered.text)")
        for part in ["строка 22: отказано. ", "(card_not_active, agentTranId ", "20 строк", "1 строка", "отчёт: "] {
            #expect(answered.text.contains(part), "“\(part)”: \(answered.text)")
        }
        expectRussian(answered.text.replacing(/\u{1B}\[K/, with: ""))
        expect(try await accountant.run("status"), 0, saying: "реестр «зарплата» из файла зарплата.csv, банк: учебный")
        expect(try await accountant.run("review", "зарплата"), 0, saying: "СНАЧАЛА ИСПРАВИТЬ")
        expect(try await accountant.run("reconcile", "зарплата"), 11, saying: "выплачено")

        // Resending, resolving and withdrawing.
        expect(
            try await accountant.run("rerun", "зарплата", "--rows", "2", "--yes"), 11, saying: "Ничего не отправлено")
        expect(try await accountant.run("rerun", "зарплата", "--rows", "22", "--yes"), 11, saying: "отказано")
        try write("исправления.csv", header: "row,pan,exp,amount", ["22,\(Samples.card(99).digits),0331,90000"])
        expect(
            try await accountant.run("rerun", "зарплата", "--corrections", "исправления.csv", "--yes"), 77,
            saying: "строка 22: карта ", "Сумма реестра была")
        expect(try await accountant.run("resolve", "зарплата", "--row", "2", "--paid", "--note", "письмо"), 64)
        expect(
            try await accountant.run("resolve", "зарплата", "--row", "24", "--paid", "--note", " "), 64,
            saying: "Укажите основание")
        expect(
            try await accountant.run("resolve", "зарплата", "--row", "24", "--paid", "--note", "письмо 5"), 0)
        expect(try await accountant.run("withdraw", "зарплата", "--rows", "2", "--note", "ошибка"), 64)
        expect(try await accountant.run("withdraw", "зарплата", "--rows", "22", "--note", "ошибка"), 0)
        expect(try await accountant.run("reject", "зарплата", "--note", "нет"), 64)
        expect(try await accountant.run("cancel", "зарплата", "--note", "нет"), 64)
        expect(try await accountant.run("report", "зарплата"), 0, saying: "отчёт: ")
        expect(try await accountant.run("report", "премия"), 66, saying: "Реестра «премия» нет")
        expect(try await accountant.run("run", "премия", "--yes"), 66, saying: "Нет ни файла, ни реестра")

        // The inbox, without approvals.
        var night = accountant
        night.environment["PAYOUT_REQUIRE_APPROVAL"] = "false"
        try write("входящие/ночь.csv", [line(Samples.card(50).digits), line(Card.notActive)])
        try write("входящие/плохой.csv", [line(Samples.card(51).digits, mfo: "1183")])
        try write("входящие/недописан.csv.part", [])
        try write("входящие/ещё раз.csv", lines)
        expect(
            try await night.run("inbox", "входящие", "--settle", "0"), 65,
            saying: "ночь.csv: обработан: выплачено: 1, отказано: 1", "плохой.csv: отклонён: в файле 1 ошибка",
            "недописан.csv.part: не взят: ", "ещё раз.csv: отклонён: этот же файл уже загружен")
        for name in ["плохой", "ещё раз"] {
            expectRussian(try String(contentsOfFile: folder.path("входящие/rejected/\(name).txt"), encoding: .utf8))
        }
        expect(try await night.run("inbox", "входящие", "--settle", "0"), 0)

        // Without the bank.
        var cut = night
        cut.environment["PAYOUT_BANK_URL"] = "http://127.0.0.1:9"
        try write("премия.csv", [line(Samples.card(60).digits)])
        expect(
            try await cut.run("run", "премия.csv", "--yes"), 69, saying: "Нет связи с банком", "Ничего не отправлено")
        cut.environment["PAYOUT_BANK_URL"] = nil
        expect(
            try await cut.run("run", "премия", "--yes"), 78, saying: "Программа настроена неверно",
            "Для администратора: no bank is set")
        expect(try await night.run("run", "премия", "--yes"), 0, saying: "выплачено")
        expect(try await night.run("run", "премия", "--yes"), 0, saying: "ничего не отправлено")
    }

    @Test(arguments: [
        (["LC_ALL": "uz_UZ.UTF-8"], "hali reyestr yo‘q"), (["LC_ALL": "", "LANG": "ru_RU"], "реестров пока нет"),
        (["LC_ALL": "C", "LANG": "ru_RU"], "no batches yet"), (["LC_ALL": "de_DE.UTF-8"], "no batches yet"),
        (["LC_ALL": "", "LC_MESSAGES": "uz_UZ", "LANG": "ru_RU"], "hali reyestr yo‘q"),
        (["LC_ALL": "uz_UZ.UTF-8", "PAYOUT_LANG": "ru"], "реестров пока нет"),
    ])
    func theLanguageIsThatOfTheSettingsOrElseOfTheLocale(environment: [String: String], text: String) async throws {
        var program = accountant
        program.environment.merge(environment) { $1 }
        // Creates the ledger.
        try write("x.csv", [line(Samples.card(1).digits, mfo: "1")])
        _ = try await program.run("run", "x.csv", "--yes")
        let status = try await program.run("status")
        #expect(status.output.contains(text), "\(status.output)\(status.errors)")
    }
}
