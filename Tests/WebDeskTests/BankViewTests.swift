import Bookkeeping
import Fixtures
import Foundation
import Payouts
import Testing

@testable import WebDesk

/// The pages and the list show the bank of a batch. For a practice bank they say that no money was moved.
@Suite struct BankViewTests {
    @Test(arguments: [
        ("ru", "учебный банк, деньги не переводились", "Реестр начат в учебном банке"),
        ("uz", "o‘quv banki, pul o‘tkazilmagan", "Reyestr o‘quv bankida boshlangan"),
        ("en", "practice bank, no money was moved", "The batch was begun in a practice bank"),
    ])
    func practiceIsCalledSoInEachLanguage(language: String, practice: String, refusal: String) async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        _ = try await maker.get("/?lang=\(language)")
        let batch = try await maker.store(Payroll.file(2...4), "a.csv").location
        #expect(try await !maker.get("/").body.contains("class=\"bank"), "nothing has been sent yet")
        let record = try desk.ledger.batch(named: "a")
        _ = try desk.ledger.bind(record, to: "sandbox http://127.0.0.1:8800", senderName: "viplati", isMoved: false)
        for page in ["/", batch, batch + "/review"] {
            let text = try await maker.get(page).text
            #expect(text.contains(practice + " (http://127.0.0.1:8800)"), "\(page): \(text)")
        }
        // The desk itself uses the built-in bank.
        #expect(try await maker.pay(batch).status == 303)
        try await wait(for: "“\(refusal)”") { try await maker.get(batch).text.contains(refusal) }
        #expect(try desk.ledger.statement(of: record.id)[.paid].rows == 0)
        try await desk.stop()
    }

    @Test func aBankIsNamedByItsAddress() async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        _ = try await maker.get("/?lang=en")
        let batch = try await maker.store(Payroll.file(2...4), "a.csv").location
        let record = try desk.ledger.batch(named: "a")
        _ = try desk.ledger.bind(record, to: "https://bank.example", senderName: "viplati", isMoved: false)
        for page in ["/", batch, batch + "/review"] {
            let text = try await maker.get(page).text
            #expect(text.contains("https://bank.example") && !text.contains("practice bank"), "\(page): \(text)")
        }
        try await desk.stop()
    }
}
