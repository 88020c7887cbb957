import Fixtures
import Foundation
import Testing

/// The review of rows that are not paid.
@Suite(.oneAtATime) struct ReviewTests {
    let folder: TemporaryFolder
    let program: Program
    let bank: ServedSandbox

    init() async throws {
        folder = try TemporaryFolder()
        var program = Program(in: folder)
        bank = try await ServedSandbox(program)
        program.environment.merge(bank.settings) { $1 }
        program.environment["SUDO_USER"] = "dilnoza"
        self.program = program
        // Row 3 is refused. Row 5 is debited, but the bank says that it must be reversed: a person must decide.
        let cards = ["8600069195406311", "8600000000000023", "8600495473316478", "8600000000000239"]
        let lines = cards.map { "20208000900123456001,01183,\($0),1230,100000" }
        try Data((["account,mfo,pan,exp,amount"] + lines).map { $0 + "\n" }.joined().utf8).write(
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

    private func write(_ lines: String..., to name: String) throws {
        try Data(lines.map { $0 + "\n" }.joined().utf8).write(to: URL(fileURLWithPath: folder.path(name)))
    }

    @Test func theReviewGivesAdviceInTheAccountantsLanguage() async throws {
        #expect(try await program.run("run", "payroll.csv", "--yes").status == 11)
        let review = try await program.run("review", "payroll", "--lang", "ru")
        #expect(review.status == 0)
        #expect(review.output.contains("СНАЧАЛА ИСПРАВИТЬ") && review.output.contains("СНАЧАЛА ВЫЯСНИТЬ В БАНКЕ"))
        let groups = try #require(
            try await program.run("review", "payroll", "--json").json["groups"] as? [[String: Any]])
        #expect(groups.map { $0["rows"] as? String } == ["3", "5"])
        #expect(groups.map { $0["remedy"] as? String } == ["correct", "settle"])
        #expect(groups.first?["tiyin"] as? Int == 100_000)
        #expect(!review.output.contains("8600000000000023"))
    }

    @Test func aCorrectedRowIsPaidToItsNewCardAndTheReportShowsBothTries() async throws {
        #expect(try await program.run("run", "payroll.csv", "--yes").status == 11)
        try write("row,pan,exp,amount", "3,9860575004079332,1130,150000", to: "fix.csv")
        let asked = try await program.run("rerun", "payroll", "--corrections", "fix.csv")
        #expect(asked.status == 64 && asked.errors.contains("1 000,00 → 1 500,00"), "\(asked.errors)")
        #expect(try bank.requests().pay == 4)
        let paid = try await program.run("rerun", "payroll", "--corrections", "fix.csv", "--yes", "--json")
        #expect(paid.status == 11, "\(paid.errors)")
        #expect(try rows(paid)["paid"] == 3)
        #expect((try paid.json["tiyin"] as? [String: Int])?["total"] == 450_000)
        #expect(try bank.debits().map(\.amount).sorted() == [100_000, 100_000, 100_000, 150_000])
        let book = try Spreadsheet(folder.path("output/payroll.xlsx"))
        #expect(book.rows(of: "Attempts").dropFirst().map { $0[4] } == ["860000******0023", "986057******9332"])
        #expect(book.rows(of: "Rows").count == 6, "a heading, every row once, the total")
        #expect(book.rows(of: "Summary").contains { $0.contains("500") && $0[0].contains("Corrections") })
        #expect(book.rows(of: "Summary").contains { $0[0].contains("the file with its corrections") })
        #expect(
            try await program.run("rerun", "payroll", "--corrections", "fix.csv", "--yes").status == 65, "paid by now")
    }

    @Test(arguments: [
        ("3,8600069195406312,0130,", "must have"), ("2,,,200000", "only refused rows"),
        ("5,,,200000", "only refused rows"),
        ("99,,,200000", "no row 99"), ("3,860049******0000,,200000", "another batch"),
    ]) func aTableThatMayNotBeAppliedChangesNothing(line: String, complaint: String) async throws {
        #expect(try await program.run("run", "payroll.csv", "--yes").status == 11)
        try write("row,pan,exp,amount", line, to: "fix.csv")
        let result = try await program.run("rerun", "payroll", "--corrections", "fix.csv", "--yes")
        #expect(result.status == 65)
        #expect(result.errors.contains(complaint) || result.errors.contains("has errors"), "\(result.errors)")
        #expect(try bank.requests().pay == 4)
        #expect(!result.errors.contains("8600069195406312"))
    }

    @Test func aCorrectionThatPaysACardTwiceNeedsAPersonsWord() async throws {
        #expect(try await program.run("run", "payroll.csv", "--yes").status == 11)
        try write("row,pan,exp", "3,8600069195406311,1230", to: "fix.csv")
        let refused = try await program.run("rerun", "payroll", "--corrections", "fix.csv", "--yes")
        #expect(refused.status == 65 && refused.errors.contains("--accept-warnings"), "\(refused.errors)")
        #expect(try bank.requests().pay == 4)
        let accepted = try await program.run(
            "rerun", "payroll", "--corrections", "fix.csv", "--yes", "--accept-warnings")
        #expect(accepted.status == 11)
        #expect(try bank.requests().pay == 5)
        let summary = try Spreadsheet(folder.path("output/payroll.xlsx")).rows(of: "Summary")
        #expect(summary.contains { $0[0] == "Warnings of the file" && $0[1].contains("accepted by") })
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
        let who = "dilnoza@\(ProcessInfo.processInfo.hostName)"
        let decided = "The bank’s answer was recorded by an employee (\(who): the bank's letter 17)"
        #expect(report.contains { $0.contains(decided) })
        #expect(report.contains { $0.contains("Withdrawn by an employee (\(who): left the company)") })
    }
}
