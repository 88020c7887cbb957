import Fixtures
import Foundation
import Testing

/// What a reviewer does with rows that are not paid.
@Suite(.oneAtATime) struct ReviewTests {
    let folder: TemporaryFolder
    let program: Program
    let bank: ServedSandbox

    init() async throws {
        folder = try TemporaryFolder()
        var program = Program(in: folder)
        bank = try await ServedSandbox(program)
        program.environment.merge(bank.settings) { $1 }
        self.program = program
        // Row 3 is refused; row 5 is left unknown, for its payment lasts for ever.
        let cards = ["8600069195406311", "8600000000000023", "8600495473316478", "8600000000000429"]
        let lines = cards.map { "20208000900123456001,01183,\($0),1230,100000" }
        try Data((["account,mfo,pan,exp,amount"] + lines).joined(separator: "\n").utf8).write(
            to: URL(fileURLWithPath: folder.path("payroll.csv")))
    }

    private func rows(_ result: Program.Result) throws -> [String: Int] {
        try #require(try result.json["rows"] as? [String: Int])
    }

    @Test func aRefusedRowIsSentAgainOnlyWhenAskedForAndThenUnderANewId() async throws {
        #expect(try await program.run("run", "payroll.csv", "--yes").status == 11)
        #expect(try await program.run("run", "payroll", "--yes").status == 11)
        #expect(try bank.requests().pay == 4)
        let none = try await program.run("rerun", "payroll", "--yes", "--rows", "4-5")
        #expect(none.errors.contains("no refused rows of this kind"))
        #expect(try await program.run("rerun", "payroll", "--yes", "--code", "card_not_found").status == 11)
        #expect(try await program.run("rerun", "payroll").status == 64)
        #expect(try bank.requests().pay == 4)
        let again = try await program.run("rerun", "payroll", "--yes", "--rows", "2-3", "--json")
        #expect(try bank.requests().pay == 5)
        #expect(try rows(again)["refused"] == 1)
        #expect(again.status == 11)
    }

    @Test func aDecisionAndAWithdrawalStandInTheReportWithTheirReasons() async throws {
        #expect(try await program.run("run", "payroll.csv", "--yes").status == 11)
        #expect(try await program.run("resolve", "payroll", "--row", "5", "--paid").status == 64)
        #expect(try await program.run("resolve", "payroll", "--row", "5", "--paid", "--note", " ").status == 64)
        #expect(try await program.run("resolve", "payroll", "--row", "2", "--paid", "--note", "letter").status == 64)
        #expect(try await program.run("resolve", "payroll", "--row", "99", "--paid", "--note", "letter").status == 66)
        #expect(try await program.run("withdraw", "payroll", "--rows", "5", "--note", "left").status == 64)
        #expect(
            try await program.run("resolve", "payroll", "--row", "5", "--paid", "--note", "the bank's letter 17").status
                == 0)
        #expect(try await program.run("withdraw", "payroll", "--rows", "3", "--note", "left the company").status == 0)
        let status = try await program.run("status", "payroll", "--json")
        #expect(
            try rows(status) == [
                "total": 4, "paid": 3, "refused": 0, "unknown": 0, "review": 0, "notSent": 0, "withdrawn": 1,
            ])
        #expect(try await program.run("report", "payroll").status == 0)
        let report = try Spreadsheet(folder.path("output/payroll.xlsx")).rows(of: "Rows")
        #expect(report.contains { $0.contains("Decided by a person (the bank's letter 17)") })
        #expect(report.contains { $0.contains("Withdrawn by a person (left the company)") })
    }
}
