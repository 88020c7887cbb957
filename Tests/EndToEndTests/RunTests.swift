import Fixtures
import Foundation
import Testing

/// Complete runs of the built program with the sandbox, over HTTP.
@Suite(.oneAtATime) struct RunTests {
    let folder: TemporaryFolder
    var program: Program

    init() throws {
        folder = try TemporaryFolder()
        program = Program(in: folder)
    }

    private static let samples = Checkout.file("samples")

    @Test func theSamplePayrollIsPaidAndItsReportAddsUp() async throws {
        let result = try await program.run(
            "run", Self.samples.appendingPathComponent("payroll.csv").path, "--sandbox", "--yes", "--json")
        #expect([10, 11].contains(result.status), "\(result.errors)")
        let rows = try #require(try result.json["rows"] as? [String: Int])
        let tiyin = try #require(try result.json["tiyin"] as? [String: Int])
        #expect(rows["total"] == 60)
        #expect(rows["notSent"] == 0)
        for totals in [rows, tiyin] {
            #expect(totals["total"] == totals.filter { $0.key != "total" }.values.reduce(0, +))
        }
        #expect(try result.json["batch"] as? String == "payroll")
        #expect(try result.json["report"] as? String == "output/payroll.xlsx")

        let sheets = try Spreadsheet(folder.path("output/payroll.xlsx"))
        #expect(sheets.names == ["Summary", "Rows", "To decide", "History"])
        #expect(sheets.rows(of: "Rows").count { $0.contains("paid") } == rows["paid"])
    }

    @Test func aPayoutThatTheBankTakesBackStaysPaidAndIsToldToAPerson() async throws {
        let file = try PayoutCSV(rows: 6, in: folder)
        let bank = try await ServedSandbox(
            program, "--faults", "reversed-later=0.5", "--fault-seconds", "reversed-later=0.2", "--seed", "4")
        var program = program
        program.environment.merge(bank.settings) { $1 }
        #expect(try await program.run("run", file.path, "--yes").status == 0)
        var result = try await program.run("reconcile", "payroll", "--paid", "--json")
        // The bank reverses the payment a moment later.
        for _ in 1...100 where !result.errors.contains("reversed this payout") {
            result = try await program.run("reconcile", "payroll", "--paid", "--json")
        }
        #expect(result.errors.contains("reversed this payout"))
        #expect(result.status == 0)
        #expect(try (result.json["rows"] as? [String: Int])?["paid"] == 6)
        #expect(try Spreadsheet(folder.path("output/payroll.xlsx")).rows(of: "To decide").count > 1)
    }

    @Test func aFinishedBatchRunAgainSendsNothingAndSaysSo() async throws {
        let file = try PayoutCSV(rows: 20, in: folder)
        let bank = try await ServedSandbox(program)
        var program = program
        program.environment.merge(bank.settings) { $1 }
        #expect(try await program.run("run", file.path, "--yes").status == 0)
        let again = try await program.run("run", file.path)
        #expect(again.status == 0)
        #expect(again.errors.contains("nothing was sent"))
        #expect(try bank.requests().pay == 20)
        #expect(try await program.run("run", "payroll").status == 0)
    }

    @Test func everyRowIsDebitedOnceWithNeverMoreRequestsOpenThanAllowed() async throws {
        let file = try PayoutCSV(rows: 600, in: folder)
        let bank = try await ServedSandbox(program, "--latency", "10", "--repeats", "doubleDebit")
        var program = program
        program.environment.merge(bank.settings) { $1 }
        let result = try await program.run("run", file.path, "--yes", "--json", "--concurrency", "32")
        #expect(result.status == 0, "\(result.errors)")
        let debits = try bank.debits()
        #expect(debits.count == 600)
        #expect(Set(debits.map(\.agentTranId)).count == 600)
        #expect(debits.reduce(0) { $0 + $1.amount } == Int64(file.sumTiyin))
        #expect(try bank.requests().mostOpen <= 32)
        let report = try Spreadsheet(folder.path("output/payroll.xlsx")).rows(of: "Rows")
        #expect(report.count { $0.contains("paid") } == 600)
    }

    @Test func withoutATerminalAndWithoutYesNothingIsSent() async throws {
        let file = try PayoutCSV(rows: 3, in: folder)
        let bank = try await ServedSandbox(program)
        var program = program
        program.environment.merge(bank.settings) { $1 }
        let result = try await program.run("run", file.path)
        #expect(result.status == 64)
        #expect(result.errors.contains("--yes"))
        #expect(try bank.requests().pay == 0)
    }

    @Test func yesDoesNotAcceptWarnings() async throws {
        let line = "20208000900123456001,01183,8600069195406311,1230,500000\n"
        let path = folder.path("twice.csv")
        try Data(("account,mfo,pan,exp,amount\n" + line + line).utf8).write(to: URL(fileURLWithPath: path))
        let refused = try await program.run("run", path, "--sandbox", "--yes")
        #expect(refused.status == 65)
        #expect(refused.errors.contains("--accept-warnings"))
        #expect(try await program.run("import", path, "--sandbox").status == 0)
        #expect(try await program.run("run", "twice", "--sandbox", "--yes").status == 65, "an import accepts nothing")
        let accepted = try await program.run("run", "twice", "--sandbox", "--yes", "--accept-warnings")
        #expect(accepted.status == 0, "\(accepted.errors)")
    }

    @Test func rowsThatMayBeSentAgainNeedAYesToo() async throws {
        let file = try PayoutCSV(rows: 6, in: folder)
        let bank = try await ServedSandbox(program, "--latency", "20000")
        var program = program
        program.environment.merge(bank.settings) { $1 }
        let running = try program.start(["run", file.path, "--yes"])
        try await running.wait(until: { try bank.requests().mostOpen >= 6 })
        running.signal(SIGKILL)
        _ = try await running.wait()
        #expect(try await program.run("run", "payroll").status == 0, "asking needs no yes")
        program.environment["PAYOUT_RECONCILE_WHEN_NOT_FOUND"] = "resend"
        let other = try PayoutCSV(rows: 6, in: folder, name: "second.csv")
        let second = try program.start(["run", other.path, "--yes"])
        try await second.wait(until: { try bank.requests().pay >= 12 })
        second.signal(SIGKILL)
        _ = try await second.wait()
        #expect(try await program.run("run", "second").status == 64)
    }

    @Test func aRunContinuesWithoutAnObserver() async throws {
        let file = try PayoutCSV(rows: 40, in: folder)
        let shell = try Program.Running(
            executable: URL(fileURLWithPath: "/bin/sh"),
            arguments: [
                "-c", "\"$0\" run \"$1\" --sandbox --yes 2>/dev/full >/dev/full; echo status $?",
                Program.executable.path,
                file.path,
            ], environment: program.environment, folder: folder.url)
        #expect(try await shell.wait().output.contains("status 0"))
        #expect(try await program.run("status", "payroll", "--sandbox", "--json").json["paused"] is NSNull)
    }

    @Test func aSecondRunIsRefusedNamingTheFirstWhileAnImportGoesOn() async throws {
        let file = try PayoutCSV(rows: 2_000, in: folder)
        let other = try PayoutCSV(rows: 5, in: folder, name: "cashback.csv")
        let bank = try await ServedSandbox(program, "--latency", "500")
        var program = program
        program.environment.merge(bank.settings) { $1 }
        let first = try program.start(["run", file.path, "--yes"])
        try await first.wait(until: { try bank.requests().pay > 20 })
        let second = try await program.run("run", file.path, "--yes")
        #expect(second.status == 75)
        #expect(second.errors.contains("process \(first.process.processIdentifier)"))
        #expect(try await program.run("import", other.path).status == 0)
        #expect(try await program.run("status", "payroll").status == 0)
        first.signal(SIGTERM)
        #expect(try await first.wait().status == 75)
        #expect(try await program.run("status", "cashback", "--json").json["batch"] as? String == "cashback")
    }

    @Test func theFirstSignalLetsAnswersComeInAndWritesTheReport() async throws {
        let file = try PayoutCSV(rows: 2_000, in: folder)
        let bank = try await ServedSandbox(program, "--latency", "100")
        var program = program
        program.environment.merge(bank.settings) { $1 }
        let running = try program.start(["run", file.path, "--yes", "--json"])
        try await running.wait(until: { try bank.requests().pay > 30 })
        running.signal(SIGINT)
        let result = try await running.wait()
        #expect(result.status == 75)
        let rows = try #require(try result.json["rows"] as? [String: Int])
        #expect(rows["unknown"] == 0)
        #expect(try rows["paid"] == bank.debits().count)
        #expect(FileManager.default.fileExists(atPath: folder.path("output/payroll.xlsx")))
        #expect(try await program.run("run", file.path, "--yes", "--concurrency", "200").status == 0)
        #expect(try bank.debits().count == 2_000)
    }

    @Test func theSecondSignalEndsAtOnceAndNothingIsLost() async throws {
        let file = try PayoutCSV(rows: 50, in: folder)
        let bank = try await ServedSandbox(program, "--latency", "30000")
        var program = program
        program.environment.merge(bank.settings) { $1 }
        let running = try program.start(["run", file.path, "--yes", "--concurrency", "10"])
        try await running.wait(until: { try bank.debits().count >= 10 })
        running.signal(SIGINT)
        try await running.wait(until: { try running.errors.contains("stopping") })
        running.signal(SIGINT)
        #expect(try await running.wait().status == 75)
        let statement = try await program.run("status", "payroll", "--json")
        #expect(try (statement.json["rows"] as? [String: Int])?["unknown"] == 10)
        #expect(try await program.run("reconcile", "payroll", "--json").status == 75)
        let rows = try await program.run("status", "payroll", "--json").json["rows"] as? [String: Int]
        #expect(rows?["paid"] == 10)
        #expect(rows?["notSent"] == 40)
    }
}
