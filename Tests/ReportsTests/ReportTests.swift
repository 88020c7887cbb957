import Fixtures
import Foundation
import PaymentValues
import Payouts
import Testing

@testable import Reports

@Suite struct ReportTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func report(_ language: Language = .en) -> Report {
        Report(
            language: language, catalogue: OtherBankCatalogue(),
            stamp: ReportStamp(
                by: "aziz", at: Samples.noon, timeZone: valid { TimeZone(secondsFromGMT: 5 * 3600) },
                organisation: "ACME & Co"))
    }

    private func row(
        _ number: Int, _ state: PayoutState, reason: Reason? = nil, receipt: BankReceipt? = nil, name: String? = nil,
        amount: Int64 = 123_456_78
    ) -> StatementRow {
        StatementRow(
            row: number, account: Samples.account, bankCode: Samples.bankCode, maskedCard: Samples.card(number).masked,
            name: name, rowKey: nil, amount: Tiyin(amount), state: state, reason: reason, receipt: receipt,
            attempt: 1, id: AgentTransactionID(mapping: UInt64(number)), sends: 1, changedAt: Samples.noon)
    }

    private func statement(
        _ rows: [StatementRow], pause: Reason? = nil, missing: Int64 = 0, bank: String? = "https://bank.example",
        approval: BatchStatement.Approval = .notNeeded
    ) throws -> BatchStatement {
        var totals: [PayoutState: ControlTotals] = [:]
        var file = ControlTotals.zero
        for row in rows {
            try totals[row.state, default: .zero].add(row.amount)
            try file.add(row.amount)
        }
        file.sum = Tiyin(file.sum.count + missing)
        return try Samples.statement(
            totals, file: file, bank: bank, commission: Tiyin(4_000), pause: pause, approval: approval,
            ledgerHead: "17-0123456789abcdef")
    }

    private var everyState: [StatementRow] {
        [
            row(2, .paid, receipt: Samples.receipt, name: "Aziza"),
            row(3, .refused, reason: Reason(ReasonCode(rawValue: "card_not_found"), httpStatus: 400)),
            row(4, .unknown, reason: Reason(.noAnswerInTime)), row(5, .review, reason: Reason(.unclearAtBank)),
            row(6, .queued), row(7, .withdrawn), row(8, .sending),
        ]
    }

    private func write(
        _ rows: [StatementRow], attempts: [StatementRow] = [], history: [RecordedEvent] = [],
        _ language: Language = .en,
        format: ReportFormat = .xlsx, missing: Int64 = 0, bank: String? = "https://bank.example",
        approval: BatchStatement.Approval = .notNeeded
    ) throws -> String {
        let path = folder.path("payroll.\(format.rawValue)")
        try report(language).write(
            format, of: statement(rows, missing: missing, bank: bank, approval: approval), history: history,
            rows: { each in try rows.forEach(each) },
            attempts: { each in try attempts.forEach(each) }, to: path)
        return path
    }

    @Test func theWorkbookHasTheProofEveryRowAndTheRowsForAPerson() throws {
        let book = try Workbooks(try write(everyState))
        #expect(book.pages.map(\.title) == ["Summary", "Rows", "To decide"])
        let rows = try #require(book["Rows"]).cells.dropFirst()
        #expect(rows.map { $0[0].value } == ["2", "3", "4", "5", "6", "7", "8", "Total"])
        let toReview = try #require(book["To decide"]).cells.dropFirst()
        #expect(toReview.map { $0[0].value } == ["3", "4", "5", "8"])
        let header = try #require(book["To decide"]).cells[0].map(\.value)
        let advice = try #require(header.firstIndex(of: "What to do"))
        #expect(toReview.allSatisfy { $0[advice].value?.isEmpty == false }, "each says what to do")
        let expiry = try #require(header.firstIndex(of: "Expiry, MMYY"))
        #expect(toReview.allSatisfy { $0[expiry].value == nil }, "a place for that of a new card")
    }

    @Test func rowsWithSeveralAttemptsHaveEachAttemptOnASeparateSheet() throws {
        let refusal = Reason(ReasonCode(rawValue: "card_not_found"), httpStatus: 400)
        let tries = [row(2, .refused, reason: refusal), row(2, .paid, receipt: Samples.receipt)]
        let book = try Workbooks(try write(everyState, attempts: tries))
        #expect(book.pages.map(\.title) == ["Summary", "Rows", "To decide", "Attempts"])
        let cells = try #require(book["Attempts"]).cells
        let state = try #require(cells[0].map(\.value).firstIndex(of: "State"))
        #expect(cells.dropFirst().map { $0[state].value } == ["refused", "paid"])
    }

    private var history: [RecordedEvent] {
        [
            RecordedEvent(number: 1, at: Samples.noon, who: "dilnoza", why: .runStarted),
            RecordedEvent(
                number: 2, at: Samples.noon, who: "rustam", row: 4, from: .unknown, to: .refused,
                why: .decided(note: "=letter 17")),
            RecordedEvent(number: 3, at: Samples.noon, who: "dilnoza", why: .runEnded(.paused(.tooManyUnknown))),
        ]
    }

    @Test func theHistoryHasASeparateSheet() throws {
        let book = try Workbooks(try write(everyState, history: history))
        #expect(book.pages.map(\.title) == ["Summary", "Rows", "To decide", "History"])
        let cells = try #require(book["History"]).cells.map { $0.map(\.value) }
        #expect(
            cells.map { $0[4] } == [
                "What happened", "sending started", "“=letter 17”",
                "sending stopped: Several answers of the bank in a row did not arrive",
            ])
        #expect(cells.map { $0[1] } == ["Who", "dilnoza", "rustam", "dilnoza"])
        #expect(cells.map { $0[2] } == ["Row", nil, "4", nil])
        #expect(cells.map { $0[3] } == ["State", nil, "refused", nil])
    }

    @Test func theHistoryIsInTheReportForPrograms() throws {
        let path = try write(everyState, history: history, format: .json)
        let document = try #require(
            try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: path))) as? [String: Any])
        let events = try #require(document["history"] as? [[String: Any]])
        #expect(events.map { $0["kind"] as? String } == ["runStarted", "decided", "runEnded"])
        #expect(events.map { $0["row"] as? Int } == [nil, 4, nil])
        #expect(events[1]["state"] as? String == "refused" && events[1]["who"] as? String == "rustam")
        #expect((events[1]["detail"] as? [String: Any])?["note"] as? String == "=letter 17")
        #expect((events[2]["detail"] as? [String: Any])?["reason"] as? String == "too_many_unknown")
    }

    @Test func aReviewGroupsRowsByWhatToDo() throws {
        var review = Review(report())
        let unfound = Reason(ReasonCode(rawValue: "card_not_found"), httpStatus: 400, bankText: "Карта не найдена")
        for number in [2, 3, 5] { try review.take(row(number, .refused, reason: unfound)) }
        try review.take(row(6, .refused, reason: Reason(ReasonCode(rawValue: "service_not_active"))))
        try review.take(row(7, .unknown, reason: Reason(.noAnswerInTime)))
        try review.take(row(8, .refused, reason: Reason(.failedAtBank)))
        try review.take(row(9, .paid, receipt: Samples.receipt))
        try review.take(row(10, .queued))
        #expect(review.groups.map(\.remedy) == [.correct, .runAgain, .settle, .settle])
        #expect(review.groups.map(\.rowsText) == ["2-3,5", "6", "7", "8"])
        #expect(review.groups[0].totals.rows == 3)
        #expect(review.groups[0].bankTexts == ["Карта не найдена"])
        let text = review.text(of: try statement([]))
        #expect(text.contains("bank's text in en") && text.contains("bank's advice in en"), "\(text)")
    }

    @Test(arguments: Language.allCases) func everyRemedyHasATitle(language: Language) {
        #expect(Set(Words.of(language).remedies.keys) == Set(Remedy.allCases))
    }

    @Test(arguments: [
        (Reason(.connectionLost, bankText: "ECONNRESET"), "Bank javobi kutilayotganda aloqa uzildi"),
        (
            Reason(.failedAtBank, bankText: "REVERSED"),
            "Bank ma’lumotiga ko‘ra to‘lov o‘tmagan. Bank javobi: “REVERSED”"
        ),
        (Reason(.withdrawnByPerson, bankText: "dilnoza: ketgan"), "Xodim to‘lovdan chiqargan (dilnoza: ketgan)"),
        (
            Reason(.tooManyUnknown, bankText: "no_answer_in_time"),
            "Ketma-ket bir nechta bank javobi olinmadi: Bank o‘z vaqtida javob bermadi"
        ),
    ])
    func onlyTheWordsOfTheBankAreQuoted(reason: Reason, text: String) {
        #expect(report(.uz).text(of: reason) == text)
    }

    @Test func longNumbersAreTextAndMoneyIsANumberInSom() throws {
        let rows = try #require(try Workbooks(try write(everyState))["Rows"]).cells
        let header = rows[0].map(\.value)
        func cell(_ name: String) throws -> Workbooks.Cell { rows[1][try #require(header.firstIndex(of: name))] }
        #expect(try cell("Account to debit") == .init(value: "20208000900123456001", type: "s", format: "@"))
        #expect(try cell("MFO") == .init(value: "01183", type: "s", format: "@"))
        #expect(try cell("agentTranId").value == "100000000000002")
        #expect(try cell("bmId") == .init(value: "173388802", type: "s", format: "@"))
        #expect(try cell("Commission, as the bank sent it").value == "0.4")
        #expect(try cell("Amount, so‘m") == .init(value: "123456.78", type: "n", format: "#,##0.00"))
        #expect(try cell("Card").value == Samples.card(2).masked)
        #expect(try cell("Time") == .init(value: "2025-11-24 21:00:00", type: "d", format: "dd.mm.yyyy hh:mm"))
    }

    @Test func theBalanceCheckSaysThatItAddsUpOnlyIfItDoes() throws {
        let proof = try #require(try Workbooks(try write(everyState))["Summary"]).cells
        let first = try #require(proof.firstIndex { $0[0].value == "Balance check" })
        let counts = proof.dropFirst(first + 1).prefix(6).compactMap { $0[1].value.flatMap(Int.init) }
        #expect(counts == [1, 1, 2, 1, 1, 1])
        let texts = proof.compactMap { $0[0].value }
        #expect(texts.contains("Balanced: the states add up to the file."))
        let broken = try #require(try Workbooks(try write(everyState, missing: 1))["Summary"]).cells
        #expect(broken.contains { $0[0].value?.hasPrefix("NOT BALANCED") == true })
    }

    @Test(arguments: ["=HYPERLINK(\"http://evil\")", "+1+1", "-2", "@SUM(A1)", "\t=1", "a\u{0}b\u{1B}[31m", "<b>&"])
    func textFromOutsideNeverBecomesAFormula(name: String) throws {
        let rows = [row(2, .paid, receipt: Samples.receipt, name: name)]
        let cell = try #require(try Workbooks(try write(rows))["Rows"]).cells[1][2]
        #expect(cell.type == "s")
        #expect(cell.value?.contains("\u{0}") == false)

        let csv = try String(contentsOfFile: try write(rows, format: .csv), encoding: .utf8)
        let field = csv.split(separator: "\r\n")[1].split(separator: ";", omittingEmptySubsequences: false)[2]
        #expect(field.first == "\"" && field.dropFirst().first.map("=+-@\t".contains) == false)
    }

    /// People open the CSV report with other delimiters than its own. Even then no cell may be a formula.
    @Test(arguments: [
        "Ivanov,=1+41", "Ivanov, =1+41", "a;=1", "a\t=1", "=1", " =1", "a,+1+1", "a|-1-1", "a,@SUM(A1)", "a\",=1+41,\"",
        "\r\n=1", "a;;==1",
    ]) func theCSVIsInertWithEveryDelimiter(name: String) throws {
        let path = try write([row(2, .paid, receipt: Samples.receipt, name: name)], format: .csv)
        let text = try String(contentsOfFile: path, encoding: .utf8).dropFirst()
        // Without any regard to quotes, as a program with other rules might read.
        for delimiter in [";", ",", "\t", "|"] as [Character] {
            for cell in text.split(whereSeparator: { $0 == delimiter || $0.isNewline }) {
                let start = cell.drop { $0 == "\"" || $0 == " " }
                #expect(start.first.map("=+-@".contains) != true, "\(delimiter): \(cell)")
            }
        }
    }

    private static let spreadsheet = ["/usr/bin/soffice", "/usr/local/bin/soffice"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    /// LibreOffice's default is to take tabs, commas and semicolons for delimiters.
    @Test(
        .enabled(if: spreadsheet != nil, "there is no LibreOffice here"),
        arguments: ["59,34,76,1", "9/44/59,34,76,1"])
    func aSpreadsheetShowsTheCSVAsItIs(delimiters: String) throws {
        let csv = try write([row(2, .paid, receipt: Samples.receipt, name: "Ivanov,=1+41")], format: .csv)
        let office = Process()
        office.executableURL = URL(fileURLWithPath: try #require(Self.spreadsheet))
        office.arguments = [
            "--headless", "-env:UserInstallation=file://\(folder.path("office"))", "--convert-to", "xlsx",
            "--infilter=CSV:\(delimiters)", "--outdir", folder.path("shown"), csv,
        ]
        office.standardOutput = FileHandle.nullDevice
        office.standardError = FileHandle.nullDevice
        try office.run()
        office.waitUntilExit()
        let name = URL(fileURLWithPath: csv).deletingPathExtension().lastPathComponent + ".xlsx"
        let page = try #require(try Workbooks(folder.path("shown/" + name)).pages.first)
        let cells = page.cells[1]
        #expect(cells.count == 21 && cells.allSatisfy { $0.type != "f" }, "\(cells)")
        let values = cells.compactMap { $0.value?.trimmingCharacters(in: .whitespaces) }
        #expect(values.contains("Ivanov,'=1+41") || values.contains("Ivanov,=1+41"), "\(values)")
        for digits in [Samples.account.digits, Samples.bankCode.digits] {
            #expect(values.contains(digits), "\(values)")
        }
    }

    @Test(arguments: Language.allCases)
    func everyWordIsThereInEveryLanguage(language: Language) throws {
        let words = Words.of(language)
        for column in ReportColumn.allCases { #expect(words.column(column).isEmpty == false, "\(column)") }
        for state in PayoutState.allCases { #expect(words.states[state]?.isEmpty == false, "\(state)") }
        for state in PayoutState.allCases where state != .paid && state != .withdrawn {
            #expect(words.stateAdvice[state]?.isEmpty == false, "\(state)")
        }
        #expect(Set(words.reasons.keys) == Set(Words.english.reasons.keys))
        #expect(Set(words.reasonAdvice.keys) == Set(Words.english.reasonAdvice.keys))
        let book = try Workbooks(try write(everyState, language))
        #expect(book.pages.map(\.title) == [words.summary, words.rows, words.toReview])
    }

    @Test func everyOwnReasonCodeHasAText() {
        let codes: [ReasonCode] = [
            .bankUnreachable, .signInRefused, .tooManyRequests, .noAnswerInTime, .connectionLost, .answerNotTrusted,
            .answerNotCatalogued, .interrupted, .redirected, .inProgress, .notFoundAtBank, .failedAtBank,
            .unclearAtBank, .tooManyUnknown, .tooManyRefused, .ledgerFailed, .stoppedByPerson, .reversedAtBank,
            .decidedByPerson, .withdrawnByPerson, .ledgerWasSetBack, .sentUnderEarlierID,
        ]
        #expect(Set(codes.map(\.rawValue)) == Set(Words.english.reasons.keys))
    }

    @Test func aPaidRowThatTheBankTookBackNeedsAPersonAndStaysPaid() throws {
        let rows = [
            row(2, .paid, receipt: Samples.receipt),
            row(3, .paid, reason: Reason(.reversedAtBank, bankText: "REVERSED"), receipt: Samples.receipt),
        ]
        let book = try Workbooks(try write(rows))
        let toReview = try #require(book["To decide"]).cells.dropFirst()
        #expect(toReview.map { $0[0].value } == ["3"])
        #expect(toReview.first?.contains { $0.value?.contains("returned the payout") == true } == true)
        #expect(
            try #require(book["Rows"]).cells.dropFirst().dropLast().allSatisfy { $0.contains { $0.value == "paid" } })
    }

    @Test func theAdviceNeverPaysARowThatMayBePaidAnotherWay() {
        #expect(Words.english.stateAdvice[.unknown]?.contains("Do not pay it another way") == true)
        #expect(Words.russian.stateAdvice[.unknown]?.contains("Не платите другим способом") == true)
        #expect(Words.uzbek.stateAdvice[.unknown]?.contains("Boshqa yo‘l bilan to‘lamang") == true)
        for words in [Words.english, .russian, .uzbek] { #expect(words.stateAdvice[.paid] == nil) }
    }

    @Test func sheetsAreFrozenFilteredAndPrintOnA4Landscape() throws {
        let page = try #require(try Workbooks(try write(everyState))["Rows"])
        #expect(page.freeze == "A2")
        #expect(page.filter == "A1:S8")
        #expect(page.orientation == "landscape")
        #expect(page.paper == "9")
        #expect(page.titleRows == "$1:$1")
        #expect(page.fitToPage)
    }

    @Test func everySheetOfRowsPrintsAtSevenPointsOrMore() throws {
        // A4 across with margins of 0.4 inches has 1,046 pixels. A character is 7 wide, a column 5 wider than its text.
        for columns in [SheetColumns.ofRows, .toReview, .ofAttempts] {
            let pixels = columns.printed.reduce(0) { $0 + $1.width * 7 + 5 }
            #expect(10 * 1046 / pixels >= 7, "\(pixels) pixels")
            #expect(Set(columns.all).count == columns.all.count)
        }
        let pages = try Workbooks(try write(everyState)).pages
        #expect(pages.first { $0.title == "Rows" }?.printArea?.hasSuffix("$A$1:$M$9") == true)
        #expect(pages.first { $0.title == "To decide" }?.printArea?.hasSuffix("$A$1:$K$5") == true)
    }

    @Test func columnsWithoutAValueAreHidden() throws {
        let page = try #require(try Workbooks(try write([row(2, .paid, receipt: Samples.receipt)]))["Rows"])
        let header = page.cells[0].map(\.value)
        let hidden = page.hidden.compactMap { letter in header[Int(letter.utf8.first ?? 65) - 65] }
        #expect(hidden.contains("Row id") && hidden.contains("Reason") && hidden.contains("What to do"), "\(hidden)")
        #expect(!hidden.contains("bmId") && !hidden.contains("Amount, so‘m"))
    }

    @Test func theLastLineHasTheTotalsOfTheRows() throws {
        let rows = [row(2, .paid, receipt: Samples.receipt, amount: 1_00), row(3, .queued, amount: 2_50)]
        let cells = try #require(try Workbooks(try write(rows))["Rows"]).cells
        let header = cells[0].map(\.value)
        let total = try #require(cells.last)
        #expect(total[try #require(header.firstIndex(of: "Amount, so‘m"))].value == "3.5")
        #expect(total[try #require(header.firstIndex(of: "Bank’s commission, so‘m"))].value == "0.4")
    }

    @Test func theFirstSheetIsADocumentToFile() throws {
        let without = BankReceipt(bmID: 17)
        let rows = [row(2, .paid, receipt: Samples.receipt), row(3, .paid, receipt: without), row(4, .refused)]
        let cells = try #require(try Workbooks(try write(rows))["Summary"]).cells.map { $0.map(\.value) }
        func fact(_ label: String) throws -> [String?] { try #require(cells.first { $0[0] == label }, "\(label)") }
        #expect(try fact("Organisation")[1] == "ACME & Co")
        #expect(try fact("Date of payment")[1] == "24.11.2025")
        #expect(try fact("Paid, number of rows in words")[1] == "two")
        #expect(try fact("Paid, amount in words")[1]?.hasSuffix("so‘m 56 tiyin") == true)
        #expect(try fact("Paid rows without a commission from the bank")[1] == "1")
        #expect(try fact("Report created").dropFirst() == ["2025-11-24 21:00:00", "aziz"])
        for signer in ["Director", "Chief accountant"] { #expect(cells.contains { $0[0] == signer }) }
    }

    @Test func anApprovalHasItsTime() throws {
        let approvals = [("dilnoza", 0.0), ("boss", 60), ("dilnoza", 120)].map { who, delay in
            RecordedEvent(
                number: 1, at: Samples.noon + delay, who: who, why: .approved(ControlTotals(rows: 1, sum: Tiyin(1))))
        }
        let cells = try #require(
            try Workbooks(try write([row(2, .queued)], history: approvals, approval: .given(by: ["dilnoza", "boss"])))[
                "Summary"]
        ).cells.map { $0.map(\.value) }.filter { $0[0] == "Approved by" }
        #expect(cells.map { $0[1] } == ["2025-11-24 21:02:00", "2025-11-24 21:01:00"])
        #expect(cells.map { $0[2] } == ["dilnoza", "boss"])
    }

    @Test(arguments: [(1, "одна"), (2, "две"), (21, "двадцать одна"), (1002, "одна тысяча две"), (0, "ноль")])
    func rowsAreCountedInWordsInTheGenderOfTheWord(number: Int, text: String) {
        #expect(AmountInWords.rows(number, in: .ru) == text)
    }

    @Test func everyCellOfTheTableHasALineEvenIfEmpty() throws {
        #expect(try Workbooks(try write(everyState))["Rows"]?.lined == ["A2:S8"])
        #expect(try Workbooks(try write([]))["Rows"]?.lined == [])
    }

    @Test func theCSVIsReadByAnotherProgramRowForRow() throws {
        let script = """
            import csv, json, sys
            with open(sys.argv[1], encoding='utf-8-sig', newline='') as f: print(json.dumps(list(csv.reader(f, delimiter=';'))))
            """
        let data = try Python.output(script, try write(everyState, format: .csv))
        let rows = try JSONDecoder().decode([[String]].self, from: data)
        #expect(rows.count == 8)
        #expect(rows[1][6] == "123456,78")
        #expect(Set(rows.map(\.count)) == [21])
        #expect(Set(rows.dropFirst().map { $0[19] }) == ["17-0123456789abcdef"])
        #expect(rows.map(\.last) == ["Bank"] + Array(repeating: "https://bank.example", count: 7))
    }

    private static let practice: [Language: String] = [
        .ru: "учебный банк, деньги не переводились", .uz: "o‘quv banki, pul o‘tkazilmagan",
        .en: "practice bank, no money was moved",
    ]

    @Test(arguments: Language.allCases, ["sandbox", "sandbox http://127.0.0.1:8800"])
    func aPracticeReportSaysThatNoMoneyWasMoved(language: Language, bank: String) throws {
        let practice = try #require(Self.practice[language])
        let address = bank == "sandbox" ? "" : " (http://127.0.0.1:8800)"
        let book = try Workbooks(try write(everyState, language, bank: bank))
        let summary = try #require(book.pages.first).cells.map { $0.map(\.value) }
        #expect(summary[1][0]?.lowercased() == practice, "under the title")
        #expect(summary.contains { $0.contains(practice + address) }, "among the facts")
        #expect(book.pages.allSatisfy { $0.footer == practice }, "on each page that is printed")
        let csv = try String(contentsOfFile: try write(everyState, language, format: .csv, bank: bank), encoding: .utf8)
        #expect(csv.split(separator: "\r\n").dropFirst().allSatisfy { $0.hasSuffix(";\"\(practice)\(address)\"") })
        let json = try Data(
            contentsOf: URL(fileURLWithPath: try write(everyState, language, format: .json, bank: bank)))
        let document = try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])
        #expect((document["summary"] as? [String: Any])?["bank"] as? String == bank)
    }

    @Test(arguments: ["https://bank.example", nil])
    func aBankReportNamesTheBankAndDoesNotMentionPractice(bank: String?) throws {
        let book = try Workbooks(try write(everyState, bank: bank))
        let summary = try #require(book.pages.first).cells.map { $0.map(\.value) }
        #expect(summary.contains { $0.contains("Bank") && $0.contains(bank ?? "nothing has been sent yet") })
        #expect(!summary.contains { $0[0]?.contains("ractice") == true })
        #expect(book.pages.allSatisfy { $0.footer == nil })
    }

    @Test func aReviewNamesTheBank() throws {
        var review = Review(report())
        #expect(
            review.text(of: try statement([])) == "Bank: https://bank.example\nNo row waits for a decision.")
        try review.take(row(4, .unknown, reason: Reason(.noAnswerInTime)))
        let practice = try statement(everyState, bank: "sandbox")
        #expect(review.text(of: practice).hasPrefix("Bank: practice bank, no money was moved\n\n"))
        let document = try JSONEncoder().encode(review.document(of: practice))
        #expect(String(decoding: document, as: UTF8.self).contains(#""bank":"sandbox""#))
    }

    @Test func theJSONReportCarriesTheSummaryAndEveryRowInTiyin() throws {
        let data = try Data(contentsOf: URL(fileURLWithPath: try write(everyState, format: .json)))
        let document = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let rows = try #require(document["rows"] as? [[String: Any]])
        #expect(rows.count == 7)
        #expect(rows[0]["amountTiyin"] as? Int == 12_345_678)
        #expect(rows[0]["bmId"] as? Int == 173_388_802)
    }

    @Test func theSummaryDocumentHasExactlyTheKeysOfTheContract() throws {
        let pause = Reason(ReasonCode(rawValue: "insufficient_funds"))
        let document = try SummaryDocument(statement(everyState, pause: pause), report: nil)
        let object = try #require(
            try JSONSerialization.jsonObject(with: JSONEncoder().encode(document)) as? [String: Any])
        #expect(
            Set(object.keys) == [
                "batch", "fileSHA256", "bank", "rows", "tiyin", "commissionTiyin", "paused", "report",
                "ledgerHead", "ledgerPutRight",
            ])
        let rows = try #require(object["rows"] as? [String: Int])
        #expect(
            rows == ["total": 7, "paid": 1, "refused": 1, "unknown": 2, "review": 1, "notSent": 1, "withdrawn": 1])
        #expect((object["tiyin"] as? [String: Int])?.keys.sorted() == rows.keys.sorted())
        #expect((object["paused"] as? [String: String]) == ["reason": "insufficient_funds"])
        #expect(object["report"] is NSNull)
        #expect(object["commissionTiyin"] as? Int == 4_000)
    }

    @Test func aReportThatCannotBeWrittenLeavesNothingAndKeepsTheOldOne() throws {
        let path = try write(everyState)
        let before = try Data(contentsOf: URL(fileURLWithPath: path))
        struct Interruption: Error {}
        #expect(throws: ReportError.self) {
            try report().write(
                .xlsx, of: statement(everyState), history: [], rows: { _ in throw Interruption() }, attempts: { _ in },
                to: path)
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["payroll.xlsx"])
    }

    /// A report says who is paid how much, as the ledger does.
    @Test(arguments: [ReportFormat.xlsx, .csv, .json])
    func onlyItsOwnerCanReadAReport(format: ReportFormat) throws {
        let path = try write(everyState, format: format)
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
    }

    @Test func theErrorNamesAFolderThatCannotBeCreated() throws {
        let file = folder.path("a-file")
        try Data().write(to: URL(fileURLWithPath: file))
        #expect(throws: ReportError.folderNotWritable(path: file + "/reports", reason: "it cannot be created")) {
            try Report.prepare(folder: file + "/reports")
        }
        #expect(throws: ReportError.notWritten(path: folder.url.path, reason: "it is a folder")) {
            try report().write(
                .csv, of: statement(everyState), history: [], rows: { _ in }, attempts: { _ in }, to: folder.url.path)
        }
    }

    /// The text of the latest minute is cached, and must not be used for another minute.
    @Test func eachTimeIsShownToTheSecond() {
        let stamp = ReportStamp(by: "", at: Samples.noon, timeZone: valid { TimeZone(secondsFromGMT: 5 * 3600) })
        func text(_ seconds: Double) -> String { stamp.text(Date(timeIntervalSince1970: seconds)) }
        #expect(text(1_764_000_000) == "24.11.2025 21:00:00")
        #expect(text(1_764_000_000.999) == "24.11.2025 21:00:00")
        #expect(text(1_764_000_059.2) == "24.11.2025 21:00:59")
        #expect(text(1_764_000_060) == "24.11.2025 21:01:00")
        #expect(text(1_764_000_001) == "24.11.2025 21:00:01")
        #expect(text(-1) == "01.01.1970 04:59:59")
    }
}
