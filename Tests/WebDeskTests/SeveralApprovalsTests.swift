import Bookkeeping
import Fixtures
import Foundation
import Operations
import PaymentValues
import Payouts
import Testing

@testable import WebDesk

/// Approvals by the rules, rejections and cancellations at the desk.
@Suite struct SeveralApprovalsTests {
    private static let totals = ["rows": "1", "sum": "1002,00"]

    private static func approve(_ checker: Browser) async throws {
        _ = try await checker.submit("/batches/a/approve", on: "/batches/a", totals)
    }

    @Test func aLargeBatchNeedsTwoPeopleWhoDidNotMakeIt() async throws {
        let desk = try await ServedDesk(rules: { $0.twoApprovalsAbove = Tiyin(100_000) })
        let maker = try await desk.signedIn("dilnoza")
        let (rustam, aziz) = (try await desk.signedIn("rustam"), try await desk.signedIn("aziz"))
        for browser in [maker, rustam, aziz] { _ = try await browser.get("/?lang=en") }
        _ = try await maker.store(Payroll.file([2]), "a.csv")
        #expect(try await maker.pay("/batches/a").status != 303)
        try await Self.approve(rustam)
        // The same person does not count twice, in another session neither.
        try await Self.approve(try await desk.signedIn("rustam"))
        let waiting = try await maker.get("/batches/a")
        #expect(waiting.text.contains("rustam approved it. One more person must approve it"))
        #expect(!waiting.body.contains("/batches/a/pay"))
        #expect(try await !rustam.get("/batches/a").body.contains("/batches/a/approve"))
        try await Self.approve(aziz)
        #expect(try await maker.get("/batches/a").text.contains("rustam, aziz"))
        #expect(try await maker.pay("/batches/a").status == 303)
        _ = try await maker.follow("/batches/a")
        #expect(try desk.ledger.statement(of: desk.ledger.batch(named: "a").id)[.paid].rows == 1)
        try await desk.stop()
    }

    @Test(arguments: [(Int64(100_200), 0), (100_199, 1)])
    func theSumDecidesWhetherABatchNeedsAnApproval(limit: Int64, needed: Int) async throws {
        let desk = try await ServedDesk(rules: { $0.approvalAbove = Tiyin(limit) })
        let maker = try await desk.signedIn("dilnoza")
        _ = try await maker.store(Payroll.file([2]), "a.csv")
        #expect(try desk.ledger.statement(of: desk.ledger.batch(named: "a").id).approvalsNeeded == needed)
        #expect(try await maker.get("/batches/a").body.contains("/batches/a/pay") == (needed == 0))
        try await desk.stop()
    }

    @Test func laterRulesDoNotLowerWhatABatchNeeds() async throws {
        let strict = try await ServedDesk(rules: { $0.twoApprovalsAbove = Tiyin(0) })
        let folder = strict.folder
        _ = try await strict.signedIn("dilnoza").store(Payroll.file([2]), "a.csv")
        try await strict.stop()
        let desk = try await ServedDesk(in: folder)
        try await Self.approve(try await desk.signedIn("rustam"))
        #expect(try await !desk.signedIn("dilnoza").get("/batches/a").body.contains("/batches/a/pay"))
        try await desk.stop()
    }

    @Test func aRejectedBatchIsNotSentAndCanBeCancelled() async throws {
        let desk = try await ServedDesk(requiresApproval: true)
        let maker = try await desk.signedIn("dilnoza")
        let (rustam, aziz) = (try await desk.signedIn("rustam"), try await desk.signedIn("aziz"))
        for browser in [maker, rustam, aziz] { _ = try await browser.get("/?lang=en") }
        _ = try await maker.store(Payroll.file([2]), "a.csv")
        try await Self.approve(aziz)
        let page = try await maker.get("/batches/a")
        #expect(try await rustam.submit("/batches/a/reject", on: "/batches/a", ["note": " "]).status == 400)
        let reason = ["note": "October, not November"]
        #expect(try await rustam.submit("/batches/a/reject", on: "/batches/a", reason).status == 303)
        // The page that the maker still has open pays nothing.
        let late = try await maker.post(
            "/batches/a/pay",
            [
                "token": page.token, "rows": page.field("rows"), "tiyin": page.field("tiyin"),
                "warnings": page.field("warnings"),
            ])
        #expect(late.status == 409 && late.text.contains("October, not November"))
        let shown = try await maker.get("/batches/a")
        #expect(shown.text.contains("rustam rejected it: “October, not November”"))
        #expect(try await maker.get("/").text.contains("rejected"))
        try await Self.approve(aziz)
        #expect(try desk.ledger.statement(of: desk.ledger.batch(named: "a").id).isRejected)
        let cancelled = try await maker.submit("/batches/a/cancel", on: "/batches/a", ["note": "the wrong month"])
        #expect(cancelled.status == 303)
        let after = try await maker.get("/batches/a")
        #expect(after.text.contains("withdrawn") && after.text.contains("batch cancelled: “the wrong month”"))
        #expect(try desk.ledger.statement(of: desk.ledger.batch(named: "a").id)[.withdrawn].rows == 1)
        #expect(try desk.audit.contains(#""act":"reject""#))
        #expect(try desk.audit.contains(#""act":"cancel""#))
        try await desk.stop()
    }

    @Test func aBatchThatWasPaidCannotBeCancelled() async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        _ = try await maker.store(Payroll.file([2]), "a.csv")
        _ = try await maker.pay("/batches/a")
        _ = try await maker.follow("/batches/a")
        #expect(try await !maker.get("/batches/a").body.contains("/batches/a/cancel"))
        let answer = try await maker.submit("/batches/a/cancel", on: "/batches/a", ["note": "too late"])
        #expect(answer.status == 409)
        #expect(try desk.ledger.statement(of: desk.ledger.batch(named: "a").id)[.paid].rows == 1)
        // The first entry is written before the act.
        let lines = try desk.audit.split(separator: "\n").filter { $0.contains(#""act":"cancel""#) }
        #expect(lines.count == 2 && lines[1].contains(#""outcome":"refused: 409""#), "\(lines)")
        try await desk.stop()
    }
}
