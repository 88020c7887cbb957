import Bookkeeping
import Fixtures
import Foundation
import Operations
import PaymentValues
import Payouts
import Processing
import Testing

@testable import WebDesk

/// The whole job, from the file to the report, as people do it.
@Suite struct WholeJobTests {
    /// The full card numbers of the sample.
    private static func cards() throws -> [String] {
        String(decoding: try Payroll.sample(), as: UTF8.self).split(separator: "\n").dropFirst()
            .map { String($0.split(separator: ",")[2]) }
    }

    private static func card(_ serial: Int) -> String { Samples.card(serial).digits }

    @Test func aFileGoesFromUploadToReport() async throws {
        let desk = try await ServedDesk(requiresApproval: true)
        let (maker, checker) = (try await desk.signedIn("dilnoza"), try await desk.signedIn("rustam"))
        _ = try await maker.get("/?lang=en")
        let stored = try await maker.store(try Payroll.sample(), "payroll.csv")
        #expect(stored.status == 303 && stored.location == "/batches/payroll")
        // The upload is deleted as soon as it is in the ledger.
        #expect(try desk.staged.isEmpty)
        let batch = stored.location
        #expect(try await maker.get(batch).text.contains("waits for approval"))

        // No form sends a batch without approval.
        let early = try await maker.post(
            batch + "/pay",
            ["token": try await maker.get("/").token, "rows": "60", "tiyin": "52655612167", "warnings": "0"])
        #expect(early.status == 409 && early.text.contains("waits for approval"))

        let asked = try await checker.get(batch)
        #expect(!asked.text.contains("526 556 121") && !asked.text.contains("52655612167"))
        #expect(!asked.body.contains(#"<span class="badge">60</span>"#))
        let wrong = try await checker.submit(batch + "/approve", on: batch, ["rows": "60", "sum": "1,00"])
        #expect(wrong.status == 303)
        #expect(try await !checker.get(batch).text.contains("526 556 121"))
        #expect(
            try await checker.submit(batch + "/approve", on: batch, ["rows": "60", "sum": "526 556 121,67"]).status
                == 303)

        #expect(try await maker.pay(batch).status == 303)
        let progress = try await maker.follow(batch)
        #expect(progress.headers["content-type"] == "text/event-stream")
        #expect(progress.body.contains("event: proof") && progress.body.hasSuffix("event: ended\ndata: \n\n"))
        let result = try await maker.get(batch)
        #expect(result.text.contains("Balanced"))
        #expect(result.text.contains("Paid: 52 of 60"))
        #expect(result.text.contains("sending started") && result.text.contains("sending ended"))

        for format in ["xlsx", "csv", "json"] {
            let report = try await checker.get(batch + "/report.\(format)")
            #expect(report.status == 200 && report.data.count > 500)
        }
        #expect(try desk.staged.isEmpty)
        #expect(try await maker.get(batch + "/review").text.contains("Correct first"))

        let events = try desk.ledger.report(on: desk.ledger.batch(named: "payroll").id) { try $0.history() }
        #expect(Set(events.map(\.who)) == ["dilnoza@desk", "rustam@desk"])
        for act in ["upload", "importFile", "approve", "pay", "downloadReport"] {
            #expect(try desk.audit.contains("\"act\":\"\(act)\""), "\(act)")
        }

        // No full card number on any page, in any language, or in the desk's files.
        let cards = try Self.cards()
        #expect(cards.count == 60)
        for language in Language.allCases {
            for path in [
                "/", batch, batch + "/rows", batch + "/rows?state=refused", batch + "/review", batch + "/rows/5",
            ] {
                let page = try await maker.get(path + (path.contains("?") ? "&" : "?") + "lang=\(language)")
                #expect(page.status == 200)
                #expect(!cards.contains { page.body.contains($0) }, "\(path)")
                #expect(!page.body.contains("{{") && !page.body.contains("Optional("), "\(path)")
            }
        }
        #expect(try !cards.contains { try desk.audit.contains($0) })
        try await desk.stop()
    }

    @Test func theMakerOfABatchCannotApproveItUnderAnotherRole() async throws {
        let desk = try await ServedDesk(requiresApproval: true)
        let maker = try await desk.signedIn("dilnoza")
        let file = Payroll.file([2])
        let batch = try await maker.store(file, "a.csv").location
        try desk.users.write([try ServedDesk.user("dilnoza", .checker)])
        try await maker.signIn("dilnoza")
        let answer = try await maker.submit(batch + "/approve", on: batch, ["rows": "1", "sum": "1002,00"])
        #expect(answer.status == 303)
        #expect(try await maker.get(batch).text.contains(Wording.of(.ru)("ledger.approverIsMaker")))
        #expect(try desk.audit.contains("refused: the same person made or corrected the batch"))
        let record = try desk.ledger.batch(named: "a")
        #expect(try desk.ledger.approvers(of: record.id).isEmpty)
        try await desk.stop()
    }

    @Test func aSecondClickPaysNothingTwice() async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        let file = Payroll.file(2...41)
        let batch = try await maker.store(file, "a.csv").location
        let page = try await maker.get(batch)
        let form = [
            "token": page.token, "rows": page.field("rows"), "tiyin": page.field("tiyin"),
            "warnings": page.field("warnings"),
        ]
        let answers = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 1...5 { group.addTask { try await maker.post(batch + "/pay", form).status } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.allSatisfy { [303, 409].contains($0) } && answers.contains(303))
        _ = try await maker.follow(batch)
        // A form from before the payment.
        #expect(try await maker.post(batch + "/pay", form).status == 409)
        let record = try desk.ledger.batch(named: "a")
        let (sends, paid) = try desk.ledger.report(on: record.id) { snapshot in
            var sends: [Int] = []
            try snapshot.forEachRow { sends.append($0.sends) }
            return (sends, snapshot.statement[.paid].rows)
        }
        #expect(paid == 40)
        #expect(sends.allSatisfy { $0 == 1 })
        try await desk.stop()
    }

    @Test func onlyTheShownTotalsAreSent() async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        let file = Payroll.file([2, 3])
        let batch = try await maker.store(file, "a.csv").location
        let page = try await maker.get(batch)
        // Somebody withdraws a row meanwhile.
        let other = try await desk.signedIn("zafar")
        #expect(
            try await other.decide(batch + "/rows/3/withdraw", on: batch + "/rows/3", ["note": "left us"]).status == 303
        )
        let answer = try await maker.post(
            batch + "/pay",
            ["token": page.token, "rows": page.field("rows"), "tiyin": page.field("tiyin"), "warnings": "0"])
        #expect(answer.status == 409)
        let statement = try desk.ledger.statement(of: desk.ledger.batch(named: "a").id)
        #expect(statement[.queued].rows == 1 && statement.bank == nil)
        try await desk.stop()
    }

    @Test func theSameFileIsStoredAgainOnlyOnPurpose() async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        let file = Payroll.file([2])
        _ = try await maker.store(file, "a.csv")
        let again = try await maker.upload("b.csv", file)
        let page = try await maker.get(again.location)
        #expect(page.body.contains("href=\"/batches/a\""))
        let warned = page.body.components(separatedBy: "name=\"warnings\" value=\"").dropFirst().first?.prefix {
            $0 != "\""
        }
        var fields = ["reference": "b", "warnings": String(warned ?? "")]
        #expect(try await maker.submit(again.location + "/import", on: again.location, fields).status == 409)
        fields["again"] = "yes"
        #expect(try await maker.submit(again.location + "/import", on: again.location, fields).status == 303)
        let record = try desk.ledger.batch(named: "b")
        #expect(record.unacceptedWarnings == 0 && record.warningsAcceptedBy == "dilnoza@desk")
        try await desk.stop()
    }

    @Test func aRefusedRowIsCorrectedInPlaceAndPaid() async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        _ = try await maker.get("/?lang=en")
        let batch = try await maker.store(try Payroll.sample(), "payroll.csv").location
        _ = try await maker.pay(batch)
        _ = try await maker.follow(batch)
        #expect(try await !maker.get(batch + "/rows?q=\(Self.card(900))").body.contains(Self.card(900)))
        let row = batch + "/rows/5"
        let mistyped = try await maker.submit(row + "/correction", on: row, ["pan": "8600490000000001", "exp": "0931"])
        #expect(mistyped.status == 422 && mistyped.text.contains("mistyped"))
        #expect(!mistyped.body.contains("8600490000000001"))
        let noExpiry = try await maker.submit(row + "/correction", on: row, ["pan": Self.card(900)])
        #expect(noExpiry.status == 422)

        let right = try await maker.submit(
            row + "/correction", on: row, ["pan": Self.card(900), "exp": "09/31", "amount": "150 000,00"])
        #expect(right.status == 303 && right.location == batch + "/rerun")
        let plan = try await maker.get(right.location)
        #expect(plan.text.contains(Samples.card(900).masked) && plan.text.contains("1 payout"))
        #expect(plan.text.contains("150 000,00"))
        #expect(!plan.body.contains(Self.card(900)))
        var form = [
            "token": plan.token, "shown": plan.field("shown"), "rows": plan.field("rows"),
            "tiyin": plan.field("tiyin"), "warnings": plan.field("warnings"),
        ]
        // The person corrects the row again in another tab: the first tab's form is no longer valid.
        _ = try await maker.submit(row + "/correction", on: row, ["pan": Self.card(901), "exp": "09/31"])
        #expect(try await maker.post(batch + "/rerun", form).status == 403)
        #expect(try desk.ledger.report(on: desk.ledger.batch(named: "payroll").id) { try $0.row(5).sends } == 1)
        _ = try await maker.submit(
            row + "/correction", on: row, ["pan": Self.card(900), "exp": "09/31", "amount": "150 000,00"])
        form["shown"] = try await maker.get(batch + "/rerun").field("shown")
        #expect(try await maker.post(batch + "/rerun", form).status == 303)
        _ = try await maker.follow(batch)
        let paid = try await maker.get(row)
        #expect(paid.text.contains("paid"))
        #expect(paid.text.contains("986000******0018 → \(Samples.card(900).masked), a new expiry"))
        #expect(paid.text.contains("→ 150 000,00") && !paid.text.contains("pan ") && !paid.text.contains(" tiyin →"))
        // The same form, sent again, sends nothing.
        #expect(try await maker.post(batch + "/rerun", form).status == 403)
        let (statement, sends) = try desk.ledger.report(on: desk.ledger.batch(named: "payroll").id) {
            ($0.statement, try $0.row(5).sends)
        }
        #expect(statement.addsUp && statement.corrections.rows == 1)
        #expect(sends == 2)
        try await desk.stop()
    }

    @Test func theReportComesBackWithItsRefusedRowsCorrected() async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        _ = try await maker.get("/?lang=en")
        let batch = try await maker.store(try Payroll.sample(), "payroll.csv").location
        _ = try await maker.pay(batch)
        _ = try await maker.follow(batch)
        #expect(try await maker.get(batch + "/review").body.contains("/corrections\""))
        let path = try TemporaryFolder().path("report.xlsx")
        let report = try await maker.get(batch + "/report.xlsx").data
        func corrected(_ card: String, _ expiry: String) throws -> Data {
            try FileManager.default.createDirectory(
                atPath: URL(fileURLWithPath: path).deletingLastPathComponent().path, withIntermediateDirectories: true)
            try report.write(to: URL(fileURLWithPath: path))
            try EditedWorkbook.edit(
                path,
                """
                sheet = book["To decide"]
                heads = [cell.value for cell in sheet[1]]
                card, expiry = [next(n for n, head in enumerate(heads) if word in str(head).lower()) for word in ("card", "expiry")]
                line = next(row for row in sheet.iter_rows(min_row=2) if str(row[0].value) == "5")
                assert line[expiry].number_format == "@" and line[card].number_format == "@"
                line[card].value, line[expiry].value = "\(card)", "\(expiry)"
                """)
            return try Data(contentsOf: URL(fileURLWithPath: path))
        }
        let wrong = try await maker.upload(
            "report.xlsx", try corrected("8600490000000001", "0931"), to: batch + "/corrections")
        #expect(wrong.status == 422 && wrong.text.contains("mistyped"), "\(wrong.text)")
        let unchanged = try await maker.upload("report.xlsx", report, to: batch + "/corrections")
        #expect(unchanged.status == 400)
        let right = try await maker.upload(
            "report.xlsx", try corrected(Self.card(900), "09/31"), to: batch + "/corrections")
        #expect(right.status == 303 && right.location == batch + "/rerun")
        let plan = try await maker.get(right.location)
        #expect(plan.text.contains(Samples.card(900).masked) && plan.text.contains("1 payout"), "\(plan.text)")
        #expect(try desk.staged.isEmpty)
        try await desk.stop()
    }

    @Test func aDecisionAndAWithdrawalNeedANote() async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        _ = try await maker.get("/?lang=en")
        let batch = try await maker.store(try Payroll.sample(), "payroll.csv").location
        _ = try await maker.pay(batch)
        _ = try await maker.follow(batch)
        let row = batch + "/rows/55"
        #expect(
            try await maker.decide(row + "/resolve", on: row, ["decision": "paid", "note": "  "]).status == 400)
        let note = "statement of 24.11, <b>line 7</b> \"\u{301}"
        #expect(
            try await maker.decide(row + "/resolve", on: row, ["decision": "paid", "note": note]).status == 303)
        #expect(try desk.audit.contains("\"act\":\"resolve\",\"at\"") && desk.audit.contains("\"detail\":\"paid\""))
        let page = try await maker.get(row)
        #expect(page.text.contains("statement of 24.11"))
        #expect(!page.body.contains("<b>line 7</b>") && page.body.contains("&lt;b&gt;line 7&lt;/b&gt; &quot"))
        // The decision is final.
        #expect(
            try await maker.decide(row + "/resolve", on: batch, ["decision": "notPaid", "note": "no"]).status == 409)
        let refused = batch + "/rows/5"
        #expect(try await maker.decide(refused + "/withdraw", on: refused, ["note": "left us"]).status == 303)
        #expect(try await maker.get(refused).text.contains("withdrawn"))
        try await desk.stop()
    }

    @Test func anInterruptedRunIsShownAndCanBeResumed() async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        _ = try await maker.get("/?lang=en")
        let batch = try await maker.store(Payroll.file(2...9), "a.csv").location
        // A power cut leaves a claim without an answer.
        let record = try desk.ledger.batch(named: "a")
        _ = try desk.ledger.bind(record, to: "sandbox", senderName: "viplati", isMoved: false)
        let queue = CommitQueue(ledger: desk.ledger)
        let pending = try desk.ledger.pending(in: record, senderName: "viplati", after: 0, limit: 1)
        #expect(try await queue.claim(try #require(pending.first)))
        let page = try await maker.get(batch)
        #expect(page.text.contains("Sending was interrupted") && page.text.contains("Resume"))
        #expect(try await maker.pay(batch).status == 303)
        _ = try await maker.follow(batch)
        let statement = try desk.ledger.statement(of: record.id)
        #expect(statement.addsUp && statement[.sending].rows == 0 && statement.notSent.rows == 0)
        try await desk.stop()
    }

    @Test func aStopWaitsForTheAnswersInFlight() async throws {
        let bank = HeldBank()
        let desk = try await ServedDesk(payingAt: bank)
        let maker = try await desk.signedIn("dilnoza")
        let batch = try await maker.store(Payroll.file(2...31), "a.csv").location
        #expect(try await maker.pay(batch).status == 303)
        try await wait(for: "a payment of each slot at the bank") { bank.heldPayments == 16 }
        let (runs, reference) = (desk.desk.runs, try BatchReference("a"))
        let stopping = Task { try await desk.stop() }
        try await wait(for: "the stop to reach the run") { await runs.run(of: reference)?.stop.reason != nil }
        bank.release()
        try await stopping.value
        let after = try await ServedDesk(in: desk.folder)
        let statement = try after.ledger.statement(of: after.ledger.batch(named: "a").id)
        #expect(statement[.paid].rows == 16 && statement.notSent.rows == 14 && statement.addsUp)
        #expect(statement.pause?.code == .stoppedByPerson)
        try await after.stop()
    }

    @Test func aRunElsewhereIsNamedAndNothingIsSent() async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        _ = try await maker.get("/?lang=en")
        let batch = try await maker.store(Payroll.file([2]), "a.csv").location
        let lock = try RunnerLock(ledgerPath: desk.ledger.path, holder: "process 1 of cron, batch “night”")
        let answer = try await maker.pay(batch)
        #expect(answer.status == 409 && answer.text.contains("process 1 of cron, batch “night”"))
        lock.release()
        #expect(try await maker.pay(batch).status == 303)
        try await desk.stop()
        #expect(try RunnerLock.holder(ofLedgerAt: desk.folder.path("payouts.sqlite")) == nil)
    }

    @Test func aLimitIsExplainedInTheReadersLanguage() async throws {
        let desk = try await ServedDesk(limits: .init(day: Tiyin(1000)))
        let maker = try await desk.signedIn("dilnoza")
        let batch = try await maker.store(Payroll.file([2]), "a.csv").location
        for (language, words) in [
            ("ru", "дневного лимита 10,00 сум"), ("uz", "kunlik 10,00 so‘m"), ("en", "limit of 10,00"),
        ] {
            _ = try await maker.get("/?lang=\(language)")
            let answer = try await maker.pay(batch)
            #expect(answer.status == 409 && answer.text.contains(words), "\(answer.text)")
        }
        try await desk.stop()
    }

    @Test(arguments: ["Jo'rayeva", "jo`ra", "JOʻRAYEVA", "Jo’rayeva", "Жўраева", "joraeva"])
    func aNameIsFoundWithAnyApostropheAndInEitherAlphabet(typed: String) async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        let file = String(decoding: Payroll.file([2, 3]), as: UTF8.self)
            .replacingOccurrences(of: "Person 2", with: "Jo‘rayeva Zulfiya")
        let batch = try await maker.store(Data(file.utf8), "to‘lov.csv").location
        let query = Desk.query(["q": typed])
        let rows = try await maker.get(batch + "/rows" + query)
        #expect(rows.text.contains("Jo‘rayeva Zulfiya") && !rows.text.contains("Person 3"))
        let batches = try await maker.get("/" + Desk.query(["q": "to'lov"]))
        #expect(batches.body.contains("<a href=\"\(batch)\">"))
        try await desk.stop()
    }

    @Test func manyRowsComePageByPageAndAreFound() async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        _ = try await maker.get("/?lang=en")
        let rows = 10_000
        let file = Payroll.file(2...(rows + 1))
        let uploaded = try await maker.upload("many.csv", file)
        #expect(try await maker.get(uploaded.location).text.contains("10 000 payouts"))
        let batch = try await maker.submit(
            uploaded.location + "/import", on: uploaded.location,
            ["reference": "many", "warnings": try await maker.get(uploaded.location).checkbox("warnings")]
        ).location
        let last = try await maker.get(batch + "/rows?page=200")
        #expect(last.body.components(separatedBy: "<tr>").count - 2 == Paging.size)
        #expect(last.text.contains("Person 10001") && last.text.contains("Page 200 of 200"))
        #expect(try await maker.get(batch + "/rows?q=PERSON+9999").text.contains("Person 9999"))
        let card = try await maker.get(batch + "/rows?q=\(Self.card(777).suffix(4))")
        #expect(card.text.contains(Samples.card(777).masked))
        let whole = try await maker.get(batch + "/rows?q=\(Self.card(777))")
        #expect(whole.status == 303 && !whole.location.contains(Self.card(777)))
        let masked = try await maker.get(whole.location)
        #expect(masked.text.contains("by their last four digits: \(Self.card(777).suffix(4))"))
        #expect(masked.text.contains(Samples.card(777).masked))
        let none = try await maker.get(batch + "/rows?q=%27+OR+1%3D1--")
        #expect(none.text.contains("Nothing found"))
        try await desk.stop()
    }
}

extension Browser.Answer {
    /// Returns the value of a checkbox, or an empty text if there is none.
    func checkbox(_ name: String) -> String {
        field(name)
    }
}
