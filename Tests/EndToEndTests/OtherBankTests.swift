import Fixtures
import Foundation
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

@Suite(.oneAtATime) struct OtherBankTests {
    private struct Seen: Decodable {
        struct Payment: Decodable {
            let id: Int64
            let times: Int
            let amount: Int
        }

        let logins: Int
        let refreshes: Int
        let mostOpen: Int
        let payments: [Payment]
    }

    @Test func anyBankThatFollowsTheDocumentIsPaidThroughBySettingsAlone() async throws {
        let folder = try TemporaryFolder()
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("other_bank.py")
            .path
        let bank = try Program.Running(
            executable: URL(fileURLWithPath: "/usr/bin/env"), arguments: ["python3", script],
            environment: ProcessInfo.processInfo.environment, folder: folder.url)
        defer {
            bank.signal(SIGKILL)
            bank.process.waitUntilExit()
        }
        try await bank.wait(until: { try bank.output.contains(" ") })
        let address = try bank.output.trimmingCharacters(in: .whitespacesAndNewlines)

        var program = Program(in: folder)
        program.environment["PAYOUT_BANK_URL"] = address
        program.environment["PAYOUT_BANK_USERNAME"] = "company"
        program.environment["PAYOUT_BANK_PASSWORD"] = "p@ss word"
        let file = try PayoutCSV(rows: 2_000, in: folder)
        let result = try await program.run("run", file.path, "--yes", "--json", "--concurrency", "32")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try result.json["commissionTiyin"] as? Int == 2_000 * 12)

        let url = try #require(URL(string: address + "/seen"))
        let seen = try JSONDecoder().decode(Seen.self, from: Data(contentsOf: url))
        #expect(seen.payments.count == 2_000)
        #expect(seen.payments.allSatisfy { $0.times == 1 })
        #expect(seen.payments.reduce(0) { $0 + $1.amount } == file.sumTiyin)
        #expect(seen.mostOpen <= 32)
        #expect(seen.logins + seen.refreshes > 1, "its tokens live for two seconds")

        let rows = try Spreadsheet(folder.path("output/payroll.xlsx")).rows(of: "Rows")
        let header = try #require(rows.first)
        let bmID = try #require(header.firstIndex(of: "bmId"))
        let commission = try #require(header.firstIndex(of: "commission"))
        let senderExtID = try #require(header.firstIndex(of: "Sender's EXT_ID"))
        #expect(Set(rows.dropFirst().map { $0[bmID] }).count == 2_000)
        #expect(rows.dropFirst().allSatisfy { $0[commission] == "0.25" && $0[senderExtID] == "S" + $0[bmID] })
    }
}
