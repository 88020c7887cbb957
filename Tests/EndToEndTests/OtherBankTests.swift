import Fixtures
import Foundation
import Testing

@Suite(.oneAtATime) struct OtherBankTests {
    @Test func anyBankThatFollowsTheDocumentIsPaidThroughBySettingsAlone() async throws {
        let folder = try TemporaryFolder()
        let bank = try await OtherBank(in: folder)
        var program = Program(in: folder)
        program.environment.merge(bank.settings) { $1 }
        let file = try PayoutCSV(rows: 2_000, in: folder)
        let result = try await program.run("run", file.path, "--yes", "--json", "--concurrency", "32")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try result.json["commissionTiyin"] as? Int == 2_000 * 12)

        let seen = try bank.seen()
        #expect(seen.payments.count == 2_000)
        #expect(seen.payments.allSatisfy { $0.times == 1 })
        #expect(seen.payments.reduce(0) { $0 + $1.amount } == file.sumTiyin)
        #expect(seen.mostOpen <= 32)
        #expect(seen.logins + seen.refreshes > 1, "its tokens live for two seconds")

        let rows = try Spreadsheet(folder.path("output/payroll.xlsx")).rows(of: "Rows").dropLast()
        let header = try #require(rows.first)
        let bmID = try #require(header.firstIndex(of: "bmId"))
        let commission = try #require(header.firstIndex(of: "Commission, as the bank sent it"))
        let senderExtID = try #require(header.firstIndex(of: "Sender’s EXT_ID"))
        #expect(Set(rows.dropFirst().map { $0[bmID] }).count == 2_000)
        #expect(rows.dropFirst().allSatisfy { $0[commission] == "0.25" && $0[senderExtID] == "S" + $0[bmID] })
    }
}
