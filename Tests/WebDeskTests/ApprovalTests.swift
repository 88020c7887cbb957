import Bookkeeping
import Foundation
import Payouts
import Testing

@testable import WebDesk

/// Who approves says the totals from a source of her own: until then no page of the desk tells them.
@Suite struct ApprovalTests {
    private static let rows = 2..<123
    /// As people would write the batch's sum, without their spaces.
    private static let sum = "128502,00"
    private static let count = "121"

    private static func plain(_ answer: Browser.Answer) -> String {
        answer.text.filter { !$0.isWhitespace }
    }

    private static let pages = [
        "/", "/?q=a", "/batches/a", "/batches/a/rows", "/batches/a/rows?page=2", "/batches/a/review",
    ]

    @Test func noPageTellsTheApproverWhatSheIsToType() async throws {
        let desk = try await ServedDesk(["PAYOUT_REQUIRE_APPROVAL": "yes"])
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
        #expect(try await checker.get("/batches/a/rows?page=2").body.contains("page=3"), "and yet all can be looked at")
        for format in ["xlsx", "csv", "json"] {
            #expect(try await checker.get("/batches/a/report.\(format)").status == 409)
        }
        // Others are told.
        #expect(Self.plain(try await maker.get("/")).contains(Self.sum))
        #expect(Self.plain(try await desk.signedIn("guli").get("/")).contains(Self.sum))

        let form = ["rows": Self.count, "sum": "128 502,00"]
        #expect(try await checker.submit("/batches/a/approve", on: "/batches/a", form).status == 303)
        #expect(Self.plain(try await checker.get("/")).contains(Self.sum))
        #expect(try await checker.get("/batches/a/rows").body.contains(">\(Self.count)<"))
        #expect(try await checker.get("/batches/a/report.csv").status == 200)
        try await desk.stop()
    }

    @Test func whereNobodyMustApproveNothingIsHidden() async throws {
        let desk = try await ServedDesk()
        let (maker, checker) = (try await desk.signedIn("dilnoza"), try await desk.signedIn("rustam"))
        _ = try await maker.store(Payroll.file(Self.rows), "a.csv")
        #expect(Self.plain(try await checker.get("/")).contains(Self.sum))
        try await desk.stop()
    }
}
