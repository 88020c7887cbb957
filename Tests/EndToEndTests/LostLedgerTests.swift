import Fixtures
import Foundation
import Testing

/// A lost ledger is rebuilt from the file and the bank's answers.
@Suite(.oneAtATime) struct LostLedgerTests {
    private struct Report: Decodable {
        struct Row: Decodable {
            let row: Int
            let agentTranId: String
        }
        let rows: [Row]
    }

    private func ids(_ program: Program, in folder: TemporaryFolder) async throws -> [String] {
        let result = try await program.run("report", "payroll", "--format", "json", "-o", "ids.json")
        #expect(result.status == 0, "\(result.errors)")
        let data = try Data(contentsOf: URL(fileURLWithPath: folder.path("ids.json")))
        return try JSONDecoder().decode(Report.self, from: data).rows.map(\.agentTranId)
    }

    @Test func theRowsThatWerePaidAreFoundAndTheOthersPaidOnce() async throws {
        let folder = try TemporaryFolder()
        var program = Program(in: folder)
        let file = try PayoutCSV(rows: 400, in: folder)
        // This bank pays every request, even for a repeated id. Only --ask-first prevents a second payment.
        let bank = try await ServedSandbox(program, "--latency", "100", "--repeats", "doubleDebit")
        program.environment.merge(bank.settings) { $1 }
        #expect(try await program.run("import", file.path).status == 0)
        let before = try await ids(program, in: folder)

        let running = try program.start(["run", "payroll", "--yes", "--concurrency", "4"])
        try await running.wait(until: { try bank.requests().pay > 30 })
        running.signal(SIGKILL)
        #expect(try await running.wait().status == SIGKILL)
        let place = URL(fileURLWithPath: program.ledger).deletingLastPathComponent().path
        for name in try FileManager.default.contentsOfDirectory(atPath: place) where name.hasPrefix("payouts.sqlite") {
            try FileManager.default.removeItem(atPath: "\(place)/\(name)")
        }
        let paidBefore = try bank.debits().count
        #expect((31..<400).contains(paidBefore))

        let missing = try await program.run("import", file.path)
        #expect(missing.status == 74 && missing.errors.contains("recover --lost"), "\(missing.errors)")
        #expect(try await program.run("ledger", "recover", "--lost").status == 0)
        // Rows that the send journal knows as sent are unknown after the import.
        let imported = try await program.run("import", file.path)
        #expect(imported.status == 11, "\(imported.errors)")
        #expect(try await ids(program, in: folder) == before)
        let result = try await program.run("run", "payroll", "--yes", "--json", "--concurrency", "60")
        // The kill may hit a row between the journal and the network. It stays unknown for the quiet period.
        let debits = try bank.debits().map { String($0.agentTranId) }
        let neverSent = Set(before).subtracting(debits)
        #expect(neverSent.count <= 4)
        #expect(result.status == (neverSent.isEmpty ? 0 : 11), "\(result.errors)")
        let rows = try result.json["rows"] as? [String: Int]
        #expect(rows?["paid"] == 400 - neverSent.count && rows?["unknown"] == neverSent.count)
        #expect(Set(debits).count == debits.count && Set(debits).isSubset(of: before))
        // Only the rows that were not paid were sent.
        #expect(try bank.requests().pay == debits.count)
    }
}
