import Bookkeeping
import Fixtures
import Foundation
import HTTPTypes
import Hummingbird
import PaymentValues
import Payouts
import Processing
import Reports
import Testing

@testable import WebDesk

/// Approvers type the totals from their own source. Until then no page of the desk shows them the totals.
@Suite struct ApprovalTests {
    private static let rows = 2..<123
    /// The batch's sum as people write it, without spaces.
    private static let sum = "128502,00"
    private static let count = "121"

    private static func plain(_ answer: Browser.Answer) -> String {
        answer.text.filter { !$0.isWhitespace }
    }

    private static let pages = [
        "/", "/?q=a", "/batches/a", "/batches/a/rows", "/batches/a/rows?page=2",
        "/batches/a/rows?page=999999", "/batches/a/review",
    ]

    @Test func noPageShowsTheApproverTheTotals() async throws {
        let desk = try await ServedDesk(requiresApproval: true)
        let (maker, checker) = (try await desk.signedIn("dilnoza"), try await desk.signedIn("rustam"))
        _ = try await checker.get("/?lang=en")
        _ = try await maker.store(Payroll.file(Self.rows), "a.csv")
        let totals = try desk.ledger.batch(named: "a").totals
        #expect(Figures.amount(totals.sum).replacingOccurrences(of: "\u{A0}", with: "") == Self.sum)
        for page in Self.pages {
            let shown = try await checker.get(page)
            #expect(shown.status == 200)
            #expect(!Self.plain(shown).contains(Self.sum), "\(page) tells the sum")
            #expect(!shown.body.contains(">\(Self.count)<"), "\(page) tells the number of payouts")
            #expect(!shown.text.contains(" of 3"), "\(page) counts pages")
        }
        #expect(try await checker.get("/batches/a/rows?page=2").body.contains("page=3"), "all rows can still be viewed")
        #expect(try await !checker.get("/batches/a/rows?page=999999").body.contains("/rows/122"), "the last row")
        for format in ["xlsx", "csv", "json"] {
            #expect(try await checker.get("/batches/a/report.\(format)").status == 409)
        }
        // Other roles see the totals.
        #expect(Self.plain(try await maker.get("/")).contains(Self.sum))
        #expect(Self.plain(try await desk.signedIn("guli").get("/")).contains(Self.sum))

        let form = ["rows": Self.count, "sum": "128 502,00"]
        #expect(try await checker.submit("/batches/a/approve", on: "/batches/a", form).status == 303)
        #expect(Self.plain(try await checker.get("/")).contains(Self.sum))
        #expect(try await checker.get("/batches/a/rows").body.contains(">\(Self.count)<"))
        #expect(try await checker.get("/batches/a/report.csv").status == 200)
        try await desk.stop()
    }

    /// Covers every page of the router, also a page that is added later.
    @Test func noRouteShowsThem() async throws {
        let desk = try await ServedDesk(requiresApproval: true)
        let (maker, checker) = (try await desk.signedIn("dilnoza"), try await desk.signedIn("rustam"))
        _ = try await checker.get("/?lang=en")
        _ = try await maker.store(Payroll.file(Self.rows), "a.csv")
        let routes = desk.desk.router().routes.filter { $0.method == .get }.map { "\($0.path)" }
        #expect(routes.contains { $0.hasSuffix("progress") } && routes.count > 12)
        for route in routes {
            let path =
                "/"
                + String(route.drop { $0 == "/" }).replacingOccurrences(of: "{batch}", with: "a")
                .replacingOccurrences(of: "{row}", with: "2").replacingOccurrences(of: "{id}", with: "x")
            let answer = try await checker.get(path)
            let told = answer.body.filter { !$0.isWhitespace }
            for secret in [Self.sum, "12850200", "of\(Self.count)", ">\(Self.count)<", "\(Self.count)payouts"] {
                #expect(!told.contains(secret), "\(path) tells \(secret)")
            }
        }
        try await desk.stop()
    }

    /// A corrected batch whose run asks the bank before it sends the rows again.
    @Test func theProgressOfARunDoesNotShowThem() async throws {
        let desk = try await ServedDesk(requiresApproval: true)
        let (maker, checker) = (try await desk.signedIn("dilnoza"), try await desk.signedIn("rustam"))
        _ = try await maker.store(Payroll.file(Self.rows), "a.csv")
        let record = try desk.ledger.batch(named: "a")
        _ = try desk.ledger.bind(record, to: "sandbox", senderName: "viplati", isMoved: false)
        let pending = try desk.ledger.pending(in: record, senderName: "viplati", after: 0, limit: 1)
        #expect(try await CommitQueue(ledger: desk.ledger).claim(try #require(pending.first)))
        let lock = try RunnerLock(ledgerPath: desk.ledger.path, holder: "process 1 of cron")
        #expect(try await !Self.plain(checker.get("/batches/a")).contains(Self.sum))
        let (hers, others) = (
            try await checker.open("/batches/a/progress"), try await maker.open("/batches/a/progress")
        )
        lock.release()
        let (told, known) = (try await hers.rest(), try await others.rest())
        #expect(told.contains("event: ended") && !told.contains("event: proof"))
        #expect(known.contains("event: proof"))
        try await desk.stop()
    }

    /// The register adds up what was paid before the correction.
    @Test func theMonthDoesNotShowThem() async throws {
        let desk = try await ServedDesk(requiresApproval: true)
        let (maker, checker) = (try await desk.signedIn("dilnoza"), try await desk.signedIn("rustam"))
        _ = try await Self.corrected(desk, maker, checker)
        let month = "/months/\(StatementPageTests.day(0).prefix(7))"
        for page in [month, month + "/register.csv", month + "/register.xlsx"] {
            #expect(try await checker.get(page).status == 409)
            #expect(try await maker.get(page).status == 200)
        }
        try await desk.stop()
    }

    /// A batch of the sample whose row 5 was refused and corrected. The batch waits for a second approval.
    private static func corrected(_ desk: ServedDesk, _ maker: Browser, _ checker: Browser) async throws -> String {
        let batch = try await maker.store(try Payroll.sample(), "payroll.csv").location
        _ = try await checker.submit(batch + "/approve", on: batch, ["rows": "60", "sum": "526 556 121,67"])
        #expect(try await maker.pay(batch).status == 303)
        _ = try await maker.get(batch + "/progress")
        _ = try await maker.submit(
            batch + "/rows/5/correction", on: batch + "/rows/5",
            ["pan": Samples.card(900).digits, "exp": "0931", "amount": "150 000,00"])
        let plan = try await maker.get(batch + "/rerun")
        _ = try await maker.post(
            batch + "/rerun",
            [
                "token": plan.token, "shown": plan.field("shown"), "rows": plan.field("rows"),
                "tiyin": plan.field("tiyin"), "warnings": plan.field("warnings"),
            ].merging(plan.ticks) { $1 })
        _ = try await maker.get(batch + "/progress")
        return batch
    }

    @Test func theApproverOfACorrectedBatchSeesTheCorrections() async throws {
        let desk = try await ServedDesk(requiresApproval: true)
        let (maker, checker) = (try await desk.signedIn("dilnoza"), try await desk.signedIn("rustam"))
        _ = try await checker.get("/?lang=en")
        let batch = try await Self.corrected(desk, maker, checker)
        let page = try await checker.get(batch)
        let toPay = try desk.ledger.statement(of: desk.ledger.batch(named: "payroll").id).toPay
        #expect(page.body.contains("<a href=\"\(batch)/rows/5\">Row 5</a>"))
        #expect(page.text.contains("986000******0018 → \(Samples.card(900).masked), a new expiry, another amount"))
        #expect(page.text.contains("dilnoza") && page.text.contains("the totals of the whole batch"))
        let plain = Self.plain(page)
        for secret in [toPay.sum, Tiyin(15_000_000), Tiyin(52_655_612_167)] {
            let text = Figures.amount(secret).filter { !$0.isWhitespace }
            #expect(!plain.contains(text), "\(text)")
        }
        #expect(!page.body.contains("report.xlsx"), "what is refused is not offered")
        // The history shows every role what was done to rows.
        _ = try await maker.get("/?lang=en")
        let history = try #require(try await maker.get(batch).text.components(separatedBy: "About the batch").last)
        #expect(history.contains("Row 5 : corrected") || history.contains("Row 5 : Not sent corrected"), "\(history)")
        #expect(history.contains("→ 150 000,00"))

        let sum = Figures.amount(toPay.sum).replacingOccurrences(of: "\u{A0}", with: " ")
        // Totals that were typed before the correction was shown approve nothing.
        _ = try await checker.submit(batch + "/approve", on: batch, ["rows": "60", "sum": sum, "corrections": "0"])
        let refused = try await checker.get(batch)
        #expect(refused.text.contains("The batch was corrected while this page was open"))
        #expect(try desk.ledger.approvers(of: desk.ledger.batch(named: "payroll").id).isEmpty)
        _ = try await checker.post(
            batch + "/approve",
            ["token": refused.token, "rows": "60", "sum": sum, "corrections": refused.field("corrections")]
                .merging(refused.ticks) { $1 })
        let approved = try await maker.get(batch)
        #expect(approved.text.contains("ready to send") && !approved.text.contains("some rows are not sent"))
        #expect(!approved.body.contains("id=\"changes\""))
        try await desk.stop()
    }

    @Test(arguments: Language.allCases)
    func aRefusedApprovalIsAnsweredOnTheForm(language: Language) async throws {
        let desk = try await ServedDesk(requiresApproval: true)
        let (maker, checker) = (try await desk.signedIn("dilnoza"), try await desk.signedIn("rustam"))
        _ = try await checker.get("/?lang=\(language)")
        let batch = try await maker.store(Payroll.file([2, 3]), "a.csv").location
        let w = Wording.of(language)
        for (sum, why) in [
            ("1,00", w("ledger.otherTotals", ["rows": "2", "sum": "1,00"])), ("much", w("sumNotRead")),
        ] {
            let answer = try await checker.submit(batch + "/approve", on: batch, ["rows": "2", "sum": sum])
            #expect(answer.status == 303 && answer.location == batch)
            // A reload shows the refusal again and sends nothing.
            for _ in 1...2 {
                let page = try await checker.get(batch)
                #expect(page.status == 200 && page.text.contains(why), "\(page.text)")
                #expect(page.body.contains("value=\"2\"") && page.body.contains("value=\"\(sum)\""))
                #expect(!Self.plain(page).contains("2005,00"))
            }
        }
        let audit = try desk.audit
        #expect(audit.contains("\"outcome\":\"refused: the batch has other totals\""))
        #expect(audit.contains("\"outcome\":\"refused: what was typed cannot be read\""))
        #expect(try await checker.submit(batch + "/approve", on: batch, ["rows": "2", "sum": "2005"]).status == 303)
        #expect(try desk.audit.contains("\"outcome\":\"approved\""))
        #expect(try await !checker.get(batch).body.contains("id=\"refused\""))
        try await desk.stop()
    }

    @Test func withoutApprovalNothingIsHidden() async throws {
        let desk = try await ServedDesk()
        let (maker, checker) = (try await desk.signedIn("dilnoza"), try await desk.signedIn("rustam"))
        _ = try await maker.store(Payroll.file(Self.rows), "a.csv")
        #expect(Self.plain(try await checker.get("/")).contains(Self.sum))
        try await desk.stop()
    }
}
