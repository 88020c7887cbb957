import Fixtures
import Foundation
import Testing

/// Tests the bank's statement of a payroll in every form that banks use.
@Suite(.oneAtATime) struct StatementVariantTests {
    @Test(arguments: [
        "1c/payout/included/0", "xlsx/payout/separate/0", "csv/day/separate/0", "camt053/day/included/1",
        "csv-1251/payout/separate/2",
    ])
    func everyKindOfStatementAgrees(_ variant: String) async throws {
        let folder = try TemporaryFolder()
        var program = Program(in: folder)
        let bank = try await ServedSandbox(program, "--commission", "40")
        program.environment.merge(bank.settings) { $1 }
        let file = try PayoutCSV(rows: 12, in: folder)
        let paid = try await program.run("run", file.path, "--yes")
        try #require(paid.status == 0, "\(paid.errors)")

        // Wide enough for a test that runs at midnight, and for late debits.
        let (from, to) = (Self.day(-3), Self.day(4))
        let url = bank.baseURL.appendingPathComponent("sandbox/statements")
            .appendingPathComponent("20208000900123456001/\(from)/\(to)/\(variant)")
        try Data(contentsOf: url).write(to: URL(fileURLWithPath: folder.path("statement")))
        let result = try await program.run("statement", "statement", "--json", "--rows")
        #expect(result.status == 0, "\(result.errors)\(result.output)")
        let agreed = try #require(try result.json["agreed"] as? [String: Any])
        let balances = try #require(try result.json["balances"] as? [String: Any])
        #expect(agreed["count"] as? Int == 12)
        #expect(agreed["tiyin"] as? Int == balances["debits"] as? Int && balances["addUp"] as? Bool == true)
        let again = try await program.run("statement", "statement")
        #expect(again.status == 0 && again.output.contains("was reconciled before"), "\(again.output)")
    }

    /// A day in Tashkent.
    private static func day(_ offset: Int) -> String {
        let moment = Date().addingTimeInterval(5 * 3600 + Double(offset) * 86_400)
        return String(moment.formatted(Date.ISO8601FormatStyle()).prefix(10))
    }
}
