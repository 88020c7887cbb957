import Bookkeeping
import Fixtures
import Foundation
import PaymentValues
import Payouts
import Sandbox
import Testing

@testable import WebDesk

/// The bank's statement and the month on the desk.
@Suite struct StatementPageTests {
    private static let account = "20208000900123456001"

    /// A day in Tashkent: `2026-11-30`.
    static func day(_ offset: Int) -> String {
        let moment = Date().addingTimeInterval(5 * 3600 + Double(offset) * 86_400)
        return String(moment.formatted(Date.ISO8601FormatStyle()).prefix(10))
    }

    /// A statement with a line for each row of a batch.
    private static func statement(
        of batch: String, at desk: ServedDesk, without missing: Int? = nil, from: Int = -3, to: Int = 1,
        opening: Int64 = 1_000_000_000
    ) throws -> Data {
        let rows = try desk.ledger.report(on: desk.ledger.batch(named: batch).id) { snapshot in
            try (2...4).map { try snapshot.row($0) }
        }
        let entries = rows.filter { $0.row != missing }.map { row in
            StatementEntry(
                number: "\(100 + row.row)", day: Self.day(0), isDebit: true, tiyin: row.amount.count,
                counterAccount: "23120000100000001183", counterName: "Bank", purpose: "agentTranId \(row.id)")
        }
        let issued = IssuedStatement(
            account: account, accountName: "ACME", from: Self.day(from), to: Self.day(to), openingTiyin: opening,
            entries: entries)
        return Data(issued.bytes(.workbook))
    }

    private static func paid() async throws -> (ServedDesk, Browser) {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        _ = try await maker.get("/?lang=en")
        let batch = try await maker.store(Payroll.file(2...4), "bonus.csv").location
        _ = try await maker.pay(batch)
        try await maker.follow(batch)
        return (desk, maker)
    }

    @Test func anAccountantComparesAStatementAndSeesTheMonth() async throws {
        let (desk, maker) = try await Self.paid()
        let partial = try await maker.upload(
            "november.xlsx", Self.statement(of: "bonus", at: desk, without: 3), to: "/statements")
        #expect(partial.status == 303 && partial.location == "/statements/latest", "\(partial.text)")
        let open = try await maker.get("/statements/latest")
        #expect(open.text.contains("The reconciliation is not complete"))
        #expect(open.body.contains("href=\"/batches/bonus/rows/3\""))
        #expect(try await maker.get("/statements").text.contains("waits for a decision"))

        _ = try await maker.upload("november.xlsx", Self.statement(of: "bonus", at: desk), to: "/statements")
        let agreed = try await maker.get("/statements/latest")
        #expect(agreed.text.contains("everything agrees, and the period is closed"))
        #expect(try desk.staged.isEmpty)
        #expect(try desk.audit.contains("\"act\":\"compareStatement\""))
        #expect(try await maker.get("/batches/bonus/rows/3").text.contains("on the statement of"))

        let viewer = try await desk.signedIn("guli")
        let month = Self.day(0).prefix(7)
        let page = try await viewer.get("/months/\(month)?lang=en")
        #expect(page.text.contains("everything agrees") && page.text.contains("Sum in words"), "\(page.text)")
        for format in ["xlsx", "csv"] {
            #expect(try await viewer.get("/months/\(month)/register.\(format)").data.count > 200)
        }
        let chosen = try await viewer.get("/months?month=\(month)")
        #expect(chosen.status == 303 && chosen.location == "/months/\(month)")
        #expect(try await viewer.get("/months/2026-13").status == 404)
        try await desk.stop()
    }

    @Test func missingDaysAreAskedAbout() async throws {
        let (desk, maker) = try await Self.paid()
        let first = IssuedStatement(
            account: Self.account, accountName: "ACME", from: Self.day(-40), to: Self.day(-31), openingTiyin: 500,
            entries: [])
        _ = try await maker.upload("first.txt", Data(first.bytes(.oneCDOS)), to: "/statements")
        let file = try Self.statement(of: "bonus", at: desk)
        let refused = try await maker.upload("late.xlsx", file, to: "/statements")
        #expect(refused.status == 422 && refused.text.contains("There is no statement of"), "\(refused.text)")
        #expect(!refused.text.contains("--skip") && refused.body.contains("name=\"skipMissingDays\""))
        let taken = try await maker.upload("late.xlsx", file, to: "/statements", ticks: ["skipMissingDays"])
        #expect(taken.status == 303, "\(taken.text)")
        try await desk.stop()
    }

    @Test func onlyTheAccountantComparesStatements() async throws {
        let (desk, _) = try await Self.paid()
        let viewer = try await desk.signedIn("guli")
        let answer = try await viewer.upload("a.txt", Data("x".utf8), to: "/statements")
        #expect(answer.status == 403)
        #expect(try await !viewer.get("/statements").body.contains("type=\"file\""))
        try await desk.stop()
    }
}
