import Bookkeeping
import Fixtures
import Foundation
import PaymentValues
import Payouts
import Testing

@testable import WebDesk
@testable import payout

/// The whole way, as people go it.
@Suite struct WayTests {
    private static let sample = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("samples/payroll.csv")

    /// Cards of the sample, in full.
    private static func cards() throws -> [String] {
        let text = try String(contentsOf: sample, encoding: .utf8)
        return text.split(separator: "\n").dropFirst().map { String($0.split(separator: ",")[2]) }
    }

    /// Hands a file in and stores it.
    private static func store(_ bytes: Data, _ name: String, by browser: Browser) async throws -> Browser.Answer {
        let file = try await browser.upload(name, bytes)
        return try await browser.submit(
            file.location + "/import", on: file.location, ["reference": name.replacingOccurrences(of: ".csv", with: "")]
        )
    }

    private static func pay(_ batch: String, by browser: Browser) async throws -> Browser.Answer {
        let page = try await browser.get(batch)
        return try await browser.post(
            batch + "/pay",
            [
                "token": page.token, "rows": page.field("rows"), "tiyin": page.field("tiyin"),
                "warnings": page.field("warnings"),
            ])
    }

    /// Reads the progress to its end, as the page does.
    private static func follow(_ batch: String, by browser: Browser) async throws -> Browser.Answer {
        try await browser.get(batch + "/progress")
    }

    private static func payroll(_ rows: [(row: Int, pan: String, amount: Int)]) -> Data {
        Data(
            ("account,mfo,pan,exp,amount,name\n"
                + rows.map { "20208000900123456001,01183,\($0.pan),0931,\($0.amount),Person \($0.row)\n" }.joined())
                .utf8)
    }

    private static func card(_ serial: Int) -> String { Samples.card(serial).digits }

    @Test func aFileGoesTheWholeWay() async throws {
        let desk = try await ServedDesk(["PAYOUT_REQUIRE_APPROVAL": "yes"])
        let (maker, checker) = (try await desk.signedIn("dilnoza"), try await desk.signedIn("rustam"))
        _ = try await maker.get("/?lang=en")
        let stored = try await Self.store(try Data(contentsOf: Self.sample), "payroll.csv", by: maker)
        #expect(stored.status == 303 && stored.location == "/batches/payroll")
        // Erased as soon as it is in the ledger.
        #expect(try desk.staged.isEmpty)
        let batch = stored.location
        #expect(try await maker.get(batch).text.contains("waits for approval"))

        // What is not approved is not sent, whatever form is posted.
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

        #expect(try await Self.pay(batch, by: maker).status == 303)
        let progress = try await Self.follow(batch, by: maker)
        #expect(progress.headers["content-type"] == "text/event-stream")
        #expect(progress.body.contains("event: proof") && progress.body.hasSuffix("event: ended\ndata: \n\n"))
        let result = try await maker.get(batch)
        #expect(result.text.contains("It adds up"))
        #expect(result.text.contains("52 of 60 paid"))

        for format in ["xlsx", "csv", "json"] {
            let report = try await checker.get(batch + "/report.\(format)")
            #expect(report.status == 200 && report.data.count > 500)
        }
        #expect(try desk.staged.isEmpty)
        #expect(try await maker.get(batch + "/review").text.contains("To be corrected first"))

        let events = try desk.ledger.report(on: desk.ledger.batch(named: "payroll").id) { try $0.events(ofRow: nil) }
        #expect(Set(events.map(\.who)) == ["dilnoza@desk", "rustam@desk"])
        for act in ["upload", "importFile", "approve", "pay", "downloadReport"] {
            #expect(try desk.audit.contains("\"act\":\"\(act)\""), "\(act)")
        }

        // No card in full on any page, in any language, nor in what the desk keeps.
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

    @Test func whoMadeABatchCannotApproveItUnderAnotherRole() async throws {
        let desk = try await ServedDesk(["PAYOUT_REQUIRE_APPROVAL": "yes"])
        let maker = try await desk.signedIn("dilnoza")
        let file = Self.payroll([(2, Self.card(2), 100_000)])
        let batch = try await Self.store(file, "a.csv", by: maker).location
        try desk.users.write([try ServedDesk.user("dilnoza", .checker)])
        try await maker.signIn("dilnoza")
        let answer = try await maker.submit(batch + "/approve", on: batch, ["rows": "1", "sum": "1000,00"])
        #expect(answer.status == 303)
        #expect(try await maker.get(batch).text.contains(Wording.of(.ru)("ledger.approverIsMaker")))
        #expect(try desk.audit.contains("refused: the same person made or corrected the batch"))
        let record = try desk.ledger.batch(named: "a")
        #expect(try desk.ledger.approver(of: record.id) == nil)
        try await desk.stop()
    }

    @Test func aSecondClickPaysNothingTwice() async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        let file = Self.payroll((2...41).map { ($0, Self.card($0), $0 * 1000) })
        let batch = try await Self.store(file, "a.csv", by: maker).location
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
        _ = try await Self.follow(batch, by: maker)
        // A form of before the payment.
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

    @Test func whatWasShownIsWhatIsSent() async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        let file = Self.payroll([(2, Self.card(2), 100_000), (3, Self.card(3), 200_000)])
        let batch = try await Self.store(file, "a.csv", by: maker).location
        let page = try await maker.get(batch)
        // Somebody withdraws a row meanwhile.
        let other = try await desk.signedIn("zafar")
        #expect(
            try await other.submit(batch + "/rows/3/withdraw", on: batch + "/rows/3", ["note": "left us"]).status == 303
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
        let file = Self.payroll([(2, Self.card(2), 100_000)])
        _ = try await Self.store(file, "a.csv", by: maker)
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
        let batch = try await Self.store(try Data(contentsOf: Self.sample), "payroll.csv", by: maker).location
        _ = try await Self.pay(batch, by: maker)
        _ = try await Self.follow(batch, by: maker)
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
        // In another tab she corrects the row once more: what the first one shows is not agreed to any more.
        _ = try await maker.submit(row + "/correction", on: row, ["pan": Self.card(901), "exp": "09/31"])
        #expect(try await maker.post(batch + "/rerun", form).status == 403)
        #expect(try desk.ledger.report(on: desk.ledger.batch(named: "payroll").id) { try $0.row(5).sends } == 1)
        _ = try await maker.submit(
            row + "/correction", on: row, ["pan": Self.card(900), "exp": "09/31", "amount": "150 000,00"])
        form["shown"] = try await maker.get(batch + "/rerun").field("shown")
        #expect(try await maker.post(batch + "/rerun", form).status == 303)
        _ = try await Self.follow(batch, by: maker)
        let paid = try await maker.get(row)
        #expect(paid.text.contains("paid"))
        #expect(paid.text.contains("986000******0018 → \(Samples.card(900).masked), a new expiry"))
        #expect(paid.text.contains("→ 150 000,00") && !paid.text.contains("pan ") && !paid.text.contains(" tiyin →"))
        // The same form once more sends nothing.
        #expect(try await maker.post(batch + "/rerun", form).status == 403)
        let (statement, sends) = try desk.ledger.report(on: desk.ledger.batch(named: "payroll").id) {
            ($0.statement, try $0.row(5).sends)
        }
        #expect(statement.addsUp && statement.corrections.rows == 1)
        #expect(sends == 2)
        try await desk.stop()
    }

    @Test func aDecisionAndAWithdrawalNeedANote() async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        _ = try await maker.get("/?lang=en")
        let batch = try await Self.store(try Data(contentsOf: Self.sample), "payroll.csv", by: maker).location
        _ = try await Self.pay(batch, by: maker)
        _ = try await Self.follow(batch, by: maker)
        let row = batch + "/rows/55"
        #expect(
            try await maker.submit(row + "/resolve", on: row, ["decision": "paid", "note": "  "]).status == 400)
        let note = "statement of 24.11, <b>line 7</b> \"\u{301}"
        #expect(
            try await maker.submit(row + "/resolve", on: row, ["decision": "paid", "note": note]).status == 303)
        #expect(try desk.audit.contains("\"act\":\"resolve\",\"at\"") && desk.audit.contains("\"detail\":\"paid\""))
        let page = try await maker.get(row)
        #expect(page.text.contains("statement of 24.11"))
        #expect(!page.body.contains("<b>line 7</b>") && page.body.contains("&lt;b&gt;line 7&lt;/b&gt; &quot"))
        // It is decided, and stays so.
        #expect(
            try await maker.submit(row + "/resolve", on: batch, ["decision": "notPaid", "note": "no"]).status == 409)
        let refused = batch + "/rows/5"
        #expect(try await maker.submit(refused + "/withdraw", on: refused, ["note": "left us"]).status == 303)
        #expect(try await maker.get(refused).text.contains("withdrawn"))
        try await desk.stop()
    }

    @Test func aRunThatWasCutOffIsShownAndGoneOnWith() async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        _ = try await maker.get("/?lang=en")
        let batch = try await Self.store(
            Self.payroll((2...9).map { ($0, Self.card($0), $0 * 1000) }), "a.csv", by: maker
        ).location
        // What a power cut leaves: a claim that nobody lives to see answered.
        let record = try desk.ledger.batch(named: "a")
        _ = try desk.ledger.bind(record, to: "sandbox", senderName: "viplati", isMoved: false)
        let queue = CommitQueue(ledger: desk.ledger)
        let pending = try desk.ledger.pending(in: record, senderName: "viplati", after: 0, limit: 1)
        #expect(try await queue.claim(try #require(pending.first)))
        let page = try await maker.get(batch)
        #expect(page.text.contains("The work was interrupted") && page.text.contains("Go on"))
        #expect(try await Self.pay(batch, by: maker).status == 303)
        _ = try await Self.follow(batch, by: maker)
        let statement = try desk.ledger.statement(of: record.id)
        #expect(statement.addsUp && statement[.sending].rows == 0 && statement.notSent.rows == 0)
        try await desk.stop()
    }

    @Test func aStopLetsWhatIsOnItsWayComeHome() async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        let batch = try await Self.store(
            Self.payroll((2...2001).map { ($0, Self.card($0), 100_000 + $0) }), "a.csv", by: maker
        ).location
        #expect(try await Self.pay(batch, by: maker).status == 303)
        let id = try desk.ledger.batch(named: "a").id
        while try desk.ledger.statement(of: id)[.paid].rows == 0 { await Task.yield() }
        let folder = desk.folder
        try await desk.stop()
        let after = try await ServedDesk(in: folder)
        let statement = try after.ledger.statement(of: id)
        #expect(statement.notSent.rows > 0, "the machine was too fast to stop it in the middle")
        #expect(statement.pause?.code == .stoppedByPerson)
        #expect(statement[.sending].rows == 0 && statement[.unknown].rows == 0 && statement.addsUp)
        try await after.stop()
    }

    @Test func aRunElsewhereIsNamedAndNothingIsSent() async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        _ = try await maker.get("/?lang=en")
        let batch = try await Self.store(Self.payroll([(2, Self.card(2), 1000)]), "a.csv", by: maker).location
        let lock = try RunnerLock(ledgerPath: desk.ledger.path, holder: "process 1 of cron, batch “night”")
        let answer = try await Self.pay(batch, by: maker)
        #expect(answer.status == 409 && answer.text.contains("process 1 of cron, batch “night”"))
        lock.release()
        #expect(try await Self.pay(batch, by: maker).status == 303)
        try await desk.stop()
        #expect(try RunnerLock.holder(ofLedgerAt: desk.folder.path("payouts.sqlite")) == nil)
    }

    @Test func aLimitIsToldInTheReadersLanguage() async throws {
        let desk = try await ServedDesk(["PAYOUT_MAX_DAY": "1000"])
        let maker = try await desk.signedIn("dilnoza")
        let batch = try await Self.store(Self.payroll([(2, Self.card(2), 100_000)]), "a.csv", by: maker).location
        for (language, words) in [
            ("ru", "дневного лимита 10,00 сум"), ("uz", "kunlik 10,00 so‘m"), ("en", "limit of 10,00"),
        ] {
            _ = try await maker.get("/?lang=\(language)")
            let answer = try await Self.pay(batch, by: maker)
            #expect(answer.status == 409 && answer.text.contains(words), "\(answer.text)")
        }
        try await desk.stop()
    }

    @Test func manyRowsComePageByPageAndAreFound() async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        _ = try await maker.get("/?lang=en")
        let rows = 10_000
        let file = Self.payroll((2...(rows + 1)).map { ($0, Self.card($0), $0 * 100) })
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
        #expect(masked.text.contains("by its last four digits: \(Self.card(777).suffix(4))"))
        #expect(masked.text.contains(Samples.card(777).masked))
        let none = try await maker.get(batch + "/rows?q=%27+OR+1%3D1--")
        #expect(none.text.contains("There are no such rows"))
        try await desk.stop()
    }
}

extension Browser.Answer {
    /// What a checkbox stands for; empty where there is none.
    func checkbox(_ name: String) -> String {
        field(name)
    }
}
