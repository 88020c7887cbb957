import Bookkeeping
import Fixtures
import Foundation
import Operations
import PaymentValues
import Payouts
import Testing

@testable import WebDesk

/// Verdicts of people on rows: their effect, their evidence, and a second person.
@Suite struct VerdictTests {
    /// The sample after its run. Row 55 is for review.
    private static func paid(
        _ desk: ServedDesk, by maker: Browser
    ) async throws -> (row: String, state: () throws -> PayoutState) {
        _ = try await maker.get("/?lang=en")
        let batch = try await maker.store(try Payroll.sample(), "payroll.csv").location
        _ = try await maker.pay(batch)
        _ = try await maker.follow(batch)
        return (
            batch + "/rows/55",
            { try desk.ledger.report(on: desk.ledger.batch(named: "payroll").id) { try $0.row(55).state } }
        )
    }

    @Test func aVerdictShowsItsEffectBeforeItCounts() async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        let (row, state) = try await Self.paid(desk, by: maker)
        let before = try state()
        let statement = try desk.ledger.statement(of: desk.ledger.batch(named: "payroll").id)
        let fields = ["decision": "paid", "evidence": "statement", "note": "24.11, line 7"]
        let effect = try await maker.submit(row + "/resolve", on: row, fields)
        #expect(effect.status == 200 && effect.text.contains("becomes paid for good"))
        #expect(effect.text.contains("bank statement") && effect.text.contains("24.11, line 7"))
        for rows in [statement[.paid].rows, statement[.paid].rows + 1] {
            #expect(effect.body.contains("<td class=\"number\">\(rows)</td>"))
        }
        #expect(try state() == before, "nothing counts yet")
        let form = ["token": effect.token, "shown": effect.field("shown")]
        #expect(try await maker.post(row + "/resolve", form.merging(["shown": "x"]) { $1 }).status == 403)
        #expect(try await maker.post(row + "/resolve", form).status == 303)
        #expect(try state() == .paid)
        #expect(try await maker.get(row).text.contains("bank statement: “24.11, line 7”"))
        #expect(try await maker.post(row + "/resolve", form).status == 403, "the same form again")
        try await desk.stop()
    }

    @Test(arguments: [
        ["decision": "paid", "note": "x"], ["decision": "paid", "evidence": "rumour", "note": "x"],
        ["decision": "paid", "evidence": "letter", "note": " "],
        ["decision": "withdrawn", "evidence": "letter", "note": "x"],
    ])
    func aVerdictNeedsEvidence(fields: [String: String]) async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        let (row, _) = try await Self.paid(desk, by: maker)
        #expect(try await maker.submit(row + "/resolve", on: row, fields).status == 400)
        try await desk.stop()
    }

    @Test func theRulesCanAskForTwoPeople() async throws {
        let desk = try await ServedDesk(rules: { $0.requiresSecondVerdict = true })
        let (maker, checker) = (try await desk.signedIn("dilnoza"), try await desk.signedIn("rustam"))
        _ = try await checker.get("/?lang=en")
        let (row, state) = try await Self.paid(desk, by: maker)
        let before = try state()
        let fields = ["decision": "paid", "note": "№ 17"]
        // A checker only seconds what others propose.
        #expect(try await checker.decide(row + "/resolve", on: "/", fields).status == 403)
        for _ in 1...2 { #expect(try await maker.decide(row + "/resolve", on: row, fields).status == 303) }
        #expect(try state() == before)
        let shown = try await checker.get(row)
        #expect(shown.text.contains("dilnoza: verdict proposed: paid, letter of the bank, “№ 17”"))
        let other = ["decision": "notPaid", "note": "№ 17"]
        #expect(try await checker.decide(row + "/resolve", on: row, other).status == 403)
        #expect(try await checker.decide(row + "/resolve", on: row, fields).status == 303)
        #expect(try state() == .paid)
        let history = try desk.ledger.report(on: desk.ledger.batch(named: "payroll").id) { try $0.history() }
        let kinds = history.filter { $0.row == 55 }.map { "\($0.who) \($0.why.kind)" }
        #expect(
            kinds == [
                "dilnoza@desk verdictProposed", "dilnoza@desk verdictProposed", "rustam@desk decided",
            ])
        try await desk.stop()
    }

    @Test func aWithdrawalCanNeedTwoPeopleToo() async throws {
        let desk = try await ServedDesk(rules: { $0.requiresSecondVerdict = true })
        let (one, two) = (try await desk.signedIn("dilnoza"), try await desk.signedIn("zafar"))
        let batch = try await one.store(Payroll.file([2, 3]), "a.csv").location
        let row = batch + "/rows/2"
        func state() throws -> PayoutState {
            try desk.ledger.report(on: desk.ledger.batch(named: "a").id) { try $0.row(2).state }
        }
        _ = try await one.decide(row + "/withdraw", on: row, ["note": "left us"])
        #expect(try state() == .queued)
        _ = try await two.decide(row + "/withdraw", on: row, ["note": "left us"])
        #expect(try state() == .withdrawn)
        try await desk.stop()
    }
}
