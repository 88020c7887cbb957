import Fixtures
import Foundation
import Testing

/// The approval of a second person, and the limits.
@Suite(.oneAtATime) struct ApprovalTests {
    private let folder: TemporaryFolder
    private let maker: Program
    private let checker: Program
    private let bank: ServedSandbox

    init() async throws {
        folder = try TemporaryFolder()
        var program = Program(in: folder)
        bank = try await ServedSandbox(program)
        program.environment.merge(bank.settings) { $1 }
        program.environment["PAYOUT_REQUIRE_APPROVAL"] = "true"
        program.environment["SUDO_USER"] = "dilnoza"
        maker = program
        program.environment["SUDO_USER"] = "rustam"
        checker = program
    }

    @Test func nothingIsSentBeforeAnotherPersonApprovesTheTotals() async throws {
        let file = try PayoutCSV(rows: 3, in: folder)
        let waiting = try await maker.run("run", file.path, "--yes")
        #expect(waiting.status == 77)
        #expect(waiting.errors.contains("needs the approval of"), "\(waiting.errors)")
        #expect(!waiting.errors.contains("the batch has"), "the approver takes the totals from their own document")
        let sum = "\(file.sumTiyin) tiyin"
        #expect(try await maker.run("approve", "payroll", "--rows", "3", "--sum", sum).status == 77)
        #expect(try await checker.run("approve", "payroll", "--rows", "4", "--sum", sum).status == 77)
        #expect(try await checker.run("approve", "payroll", "--rows", "3", "--sum", "1 UZS").status == 77)
        #expect(try await checker.run("approve", "payroll", "--rows", "3", "--sum", "\(file.sumTiyin)").status == 64)
        #expect(try await maker.run("run", "payroll", "--yes").status == 77)
        #expect(try bank.requests().pay == 0)
        #expect(try await checker.run("approve", "payroll", "--rows", "3", "--sum", sum).status == 0)
        #expect(try await maker.run("run", "payroll", "--yes").status == 0)
        #expect(try bank.debits().count == 3)
        let summary = try Spreadsheet(folder.path("output/payroll.xlsx")).rows(of: "Summary")
        #expect(summary.contains { $0[0] == "Approved by" && $0[2].hasPrefix("rustam@") })
    }

    @Test func aLargeBatchNeedsTwoPeople() async throws {
        let file = try PayoutCSV(rows: 2, in: folder)
        var (one, two, three) = (maker, checker, checker)
        three.environment["SUDO_USER"] = "aziz"
        for name in ["PAYOUT_APPROVAL_ABOVE", "PAYOUT_TWO_APPROVALS_ABOVE"] { one.environment[name] = "1" }
        two.environment["PAYOUT_REQUIRE_APPROVAL"] = nil
        #expect(try await one.run("import", file.path).status == 0)
        let totals = ["approve", "payroll", "--rows", "2", "--sum", "\(file.sumTiyin) tiyin"]
        for status: Int32 in [0, 77] { #expect(try await two.start(totals).wait().status == status) }
        #expect(try await maker.run("run", "payroll", "--yes").status == 77)
        #expect(try await three.start(totals).wait().status == 0)
        #expect(try await maker.run("run", "payroll", "--yes").status == 0)
        #expect(try bank.debits().count == 2)
    }

    @Test func aRejectedBatchIsNotSentAndCanBeCancelled() async throws {
        let file = try PayoutCSV(rows: 2, in: folder)
        #expect(try await maker.run("import", file.path).status == 0)
        #expect(try await checker.run("reject", "payroll", "--note", " ").status == 64)
        #expect(try await checker.run("reject", "payroll", "--note", "the wrong month").status == 0)
        let sum = "\(file.sumTiyin) tiyin"
        #expect(try await checker.run("approve", "payroll", "--rows", "2", "--sum", sum).status == 77)
        let refused = try await maker.run("run", "payroll", "--yes")
        #expect(refused.status == 77 && refused.errors.contains("the wrong month"), "\(refused.errors)")
        #expect(try await maker.run("cancel", "payroll", "--note", "the wrong month").status == 0)
        #expect(try await maker.run("cancel", "payroll", "--note", "again").status == 64)
        #expect(try await maker.run("ledger", "verify").status == 0)
        #expect(try bank.requests().pay == 0)
    }

    @Test func aBatchThatNeedsApprovalNeedsItWhereTheSettingIsForgottenToo() async throws {
        let file = try PayoutCSV(rows: 1, in: folder)
        #expect(try await maker.run("import", file.path).status == 0)
        var careless = maker
        careless.environment["PAYOUT_REQUIRE_APPROVAL"] = nil
        #expect(try await careless.run("run", "payroll", "--yes").status == 77)
        #expect(try bank.requests().pay == 0)
    }

    @Test func aCorrectionVoidsTheApproval() async throws {
        try Data("account,mfo,pan,exp,amount\n20208000900123456001,01183,8600000000000023,1230,100000".utf8)
            .write(to: URL(fileURLWithPath: folder.path("payroll.csv")))
        #expect(try await maker.run("import", "payroll.csv").status == 0)
        #expect(try await checker.run("approve", "payroll", "--rows", "1", "--sum", "1000 UZS").status == 0)
        #expect(try await maker.run("run", "payroll", "--yes").status == 10)
        try Data("row,pan,exp,amount\n2,9860575004079332,1130,100000".utf8)
            .write(to: URL(fileURLWithPath: folder.path("fix.csv")))
        let corrected = try await maker.run("rerun", "payroll", "--corrections", "fix.csv", "--yes")
        #expect(corrected.status == 77 && corrected.errors.contains("needs the approval of"), "\(corrected.errors)")
        #expect(try bank.debits().isEmpty)
        // Another card leaves the total as it was. An approver who saw another number of corrections does not approve.
        let totals = ["approve", "payroll", "--rows", "1", "--sum", "1000 UZS"]
        let unseen = try await checker.start(totals + ["--corrections", "0"]).wait()
        #expect(unseen.status == 77 && unseen.errors.contains("add --corrections 1"), "\(unseen.errors)")
        #expect(unseen.errors.contains("row 2: ") && unseen.errors.contains("986057******9332"), "\(unseen.errors)")
        let approved = try await checker.start(totals + ["--corrections", "1"]).wait()
        #expect(approved.status == 0 && approved.errors.contains("986057******9332"), "\(approved.errors)")
        #expect(try await maker.run("run", "payroll", "--yes").status == 0)
        #expect(try bank.debits().map(\.amount) == [100_000])
    }

    @Test func anApprovalListsTheCorrectionsThatItIsAbout() async throws {
        try Data("account,mfo,pan,exp,amount\n20208000900123456001,01183,8600000000000023,1230,100000".utf8)
            .write(to: URL(fileURLWithPath: folder.path("payroll.csv")))
        #expect(try await maker.run("import", "payroll.csv").status == 0)
        #expect(try await checker.run("approve", "payroll", "--rows", "1", "--sum", "1000 UZS").status == 0)
        #expect(try await maker.run("run", "payroll", "--yes").status == 10)
        try Data("row,pan,exp,amount\n2,9860575004079332,1130,200000".utf8)
            .write(to: URL(fileURLWithPath: folder.path("fix.csv")))
        #expect(try await maker.run("rerun", "payroll", "--corrections", "fix.csv", "--yes").status == 77)
        #expect(try await checker.run("approve", "payroll", "--rows", "1", "--sum", "1000 UZS").status == 77)
        let approved = try await checker.run("approve", "payroll", "--rows", "1", "--sum", "2000 UZS")
        #expect(approved.status == 0 && approved.errors.contains("986057******9332"), "\(approved.errors)")
        #expect(try await maker.run("run", "payroll", "--yes").status == 0)
        #expect(try bank.debits().map(\.amount) == [200_000])
    }

    @Test(arguments: [
        ("PAYOUT_MAX_ROW", "100001", "row 4"), ("PAYOUT_MAX_BATCH", "300002", "PAYOUT_MAX_BATCH"),
        ("PAYOUT_MAX_DAY", "300002", "PAYOUT_MAX_DAY"),
    ]) func aBatchAboveALimitIsNotSent(setting: String, limit: String, complaint: String) async throws {
        var program = maker
        program.environment["PAYOUT_REQUIRE_APPROVAL"] = nil
        let file = try PayoutCSV(rows: 3, in: folder)
        #expect(try await program.run("import", file.path).status == 0)
        var limited = program
        limited.environment[setting] = limit
        let refused = try await limited.run("run", "payroll", "--yes")
        #expect(refused.status == 77 && refused.errors.contains(complaint), "\(refused.errors)")
        #expect(try bank.requests().pay == 0)
        limited.environment[setting] = "300003"
        #expect(try await limited.run("run", "payroll", "--yes").status == 0)
    }

    @Test func theDaysLimitCountsAllBatches() async throws {
        var program = maker
        program.environment["PAYOUT_REQUIRE_APPROVAL"] = nil
        program.environment["PAYOUT_MAX_DAY"] = "500000"
        let first = try PayoutCSV(rows: 3, in: folder)
        let second = try PayoutCSV(rows: 2, in: folder, name: "bonus.csv")
        #expect(try await program.run("run", first.path, "--yes").status == 0)
        let refused = try await program.run("run", second.path, "--yes")
        #expect(refused.status == 77 && refused.errors.contains("3 000,03 so‘m were sent today"), "\(refused.errors)")
        #expect(try bank.debits().count == 3)
        // A finished batch uses nothing of the daily limit.
        #expect(try await program.run("run", "payroll", "--yes").status == 0)
    }
}
