import Bookkeeping
import Fixtures
import Foundation
import Hummingbird
import PaymentValues
import Payouts
import Testing

@testable import WebDesk

/// A month with a swapped card at the desk: the maker accepts it, and the approver sees it.
@Suite struct LastTimeTests {
    private static func payroll(cards: [Int]) -> Data {
        Data(
            ("account,mfo,pan,exp,amount,name\n"
                + cards.enumerated().map { place, card in
                    "20208000900123456001,01183,\(Samples.card(card).digits),0931,\(500_000_00 + place),Xodim \(place)\n"
                }.joined()).utf8)
    }

    @Test func anotherCardIsAcceptedPersonByPersonAndShownToTheApprover() async throws {
        let desk = try await ServedDesk(requiresApproval: true)
        let (maker, checker) = (try await desk.signedIn("dilnoza"), try await desk.signedIn("rustam"))
        for person in [maker, checker] { _ = try await person.get("/?lang=en") }
        _ = try await maker.store(Self.payroll(cards: Array(1...20)), "payroll-2026-10.csv")
        let file = try await maker.upload(
            "payroll-2026-11.csv", Self.payroll(cards: [500, 501] + Array(3...20))
        ).location
        let page = try await maker.get(file)
        #expect(page.text.contains("Compared with batch “payroll-2026-10” of"))
        #expect(page.text.contains("As before: 18 people") && page.text.contains("Other card: 2 people"))
        #expect(page.ticks.keys.sorted() == ["accept-card-2", "accept-card-3"])
        let fields = [
            "token": page.token, "reference": "payroll-2026-11", "warnings": page.field("warnings"),
            "accept-card-2": "yes",
        ]
        #expect(try await maker.post(file + "/import", fields).status == 400, "one card has no tick")
        let stored = try await maker.post(file + "/import", fields.merging(["accept-card-3": "yes"]) { $1 })
        #expect(stored.status == 303)
        let shown = try await checker.get(stored.location)
        #expect(shown.text.contains("Other card: 2 people") && shown.text.contains("Xodim 0"))
        #expect(shown.text.contains("\(Samples.card(1).masked) → \(Samples.card(500).masked)"))
        #expect(shown.text.contains("accepted by dilnoza") && shown.text.contains("20208000900123456001"))
        #expect(shown.text.contains("All others: as before") && !shown.text.contains("18 people"))
        try await desk.stop()
    }

    @Test func warningsOfAStoredBatchAreAcceptedByKindWhenItIsPaid() async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        let line = Self.payroll(cards: [1]).split(separator: 10)[1]
        let twice = Self.payroll(cards: [1, 2, 3]) + line + Data([10])
        let file = try await maker.upload("twice.csv", twice).location
        let page = try await maker.get(file)
        #expect(page.ticks.keys.sorted() == ["accept-same-payment"])
        let form = ["token": page.token, "reference": "twice", "warnings": page.field("warnings")]
        #expect(try await maker.post(file + "/import", form).status == 400)
        #expect(try await maker.post(file + "/import", form.merging(page.ticks) { $1 }).status == 303)
        let accepted = try desk.ledger.batch(named: "twice")
        #expect(accepted.unacceptedWarnings == 0 && accepted.warningsAcceptedBy == "dilnoza@desk")
        try await desk.stop()
    }
}
