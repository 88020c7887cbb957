import Fixtures
import Foundation
import Testing

/// Disks and machines that fail under the built program. Each time it must show a clear message and the documented exit
/// code. Once the cause is gone, a run must finish, and the bank, which pays every request, must have debited each row
/// once.
@Suite(.oneAtATime) struct CrashTests {
    let folder: TemporaryFolder
    let program: Program
    let file: PayoutCSV
    let bank: ServedSandbox
    static let rows = 120

    init() async throws {
        folder = try TemporaryFolder()
        var program = Program(in: folder)
        file = try PayoutCSV(rows: Self.rows, in: folder)
        bank = try await ServedSandbox(program, "--latency", "150", "--repeats", "doubleDebit")
        program.environment.merge(bank.settings) { $1 }
        program.environment.merge(
            ["PAYOUT_RECONCILE_QUIET_PERIOD": "0", "PAYOUT_RECONCILE_WHEN_NOT_FOUND": "resend"]
        ) { $1 }
        program.environment["PAYOUT_REQUEST_TIMEOUT"] = "20"
        program.environment["PAYOUT_CONCURRENCY"] = "4"
        self.program = program
    }

    private func start(_ program: Program, _ more: String...) throws -> Program.Running {
        try program.start(["run", file.path, "--yes"] + more)
    }

    private func expectThatItFinishes(_ program: Program) async throws {
        var program = program
        // Slow down the first run, so that there is time to disturb it.
        program.environment["PAYOUT_CONCURRENCY"] = "60"
        var result = try await start(program, "--json").wait()
        // A row that was claimed but never sent is resent only after three status queries.
        for _ in 1...6 where result.status == 11 || result.status == 75 {
            result = try await start(program, "--json").wait()
        }
        #expect(result.status == 0, "\(result.errors)")
        let ids = try bank.debits().map(\.agentTranId)
        #expect(ids.count == Self.rows)
        #expect(Set(ids).count == Self.rows)
        #expect(try (result.json["rows"] as? [String: Int])?["paid"] == Self.rows)
    }

    @Test(.enabled(if: SmallDisk.isAvailable, "mounting a small disk needs root"))
    func aDiskThatIsAlmostFullIsFoundOutBeforeAClaim() async throws {
        let disk = try SmallDisk(megabytes: 40)
        var program = program
        program.environment["PAYOUT_LEDGER"] = disk.path("payouts.sqlite")
        #expect(try await program.run("import", file.path).status == 0)
        try disk.fill(leaving: 8)
        let result = try await start(program).wait()
        #expect(result.status == 74)
        #expect(result.errors.contains("MiB are free"), "\(result.errors)")
        #expect(try bank.requests().pay == 0)
        try disk.makeRoom()
        try await expectThatItFinishes(program)
    }

    @Test(.enabled(if: SmallDisk.isAvailable, "mounting a small disk needs root"))
    func aDiskThatIsFullWhenAnAnswerComesLosesNoResult() async throws {
        let disk = try SmallDisk(megabytes: 40)
        var program = program
        program.environment["PAYOUT_LEDGER"] = disk.path("payouts.sqlite")
        let running = try start(program)
        try await running.wait(until: { try bank.requests().pay > 8 })
        try await bank.whileItIsSilent { try disk.fill() }
        let result = try await running.wait()
        #expect(result.status == 74)
        #expect(
            result.errors.contains("cannot be written") || result.errors.contains("MiB are free"), "\(result.errors)")
        #expect(try bank.requests().pay < Self.rows)
        try disk.makeRoom()
        try await expectThatItFinishes(program)
    }

    @Test(.enabled(if: SmallDisk.isAvailable, "mounting a small disk needs root"))
    func aReportThatDoesNotFitIsMadeLater() async throws {
        let disk = try SmallDisk(megabytes: 1)
        var program = program
        program.environment["PAYOUT_OUTPUT"] = disk.path("reports")
        let running = try start(program)
        try await running.wait(until: { try bank.requests().pay > 8 })
        try await bank.whileItIsSilent { try disk.fill() }
        let result = try await running.wait()
        #expect(result.status == 73)
        #expect(result.errors.contains("payroll.xlsx"), "\(result.errors)")
        try disk.makeRoom()
        try await expectThatItFinishes(program)
        #expect(try await program.run("report", "payroll").status == 0)
        #expect(try Spreadsheet(disk.path("reports/payroll.xlsx")).rows(of: "Rows").count >= Self.rows)
    }

    @Test(.enabled(if: SmallDisk.isAvailable, "mounting a small disk needs root"))
    func aLedgerThatMayNotBeWrittenSendsNothing() async throws {
        let disk = try SmallDisk(megabytes: 40)
        var program = program
        program.environment["PAYOUT_LEDGER"] = disk.path("payouts.sqlite")
        #expect(try await program.run("import", file.path).status == 0)
        try disk.makeReadOnly(true)
        let result = try await start(program).wait()
        #expect(result.status == 74, "\(result.errors)")
        #expect(result.errors.contains("cannot be opened"), "\(result.errors)")
        #expect(try bank.requests().pay == 0)
        try disk.makeReadOnly(false)
        try await expectThatItFinishes(program)
    }

    @Test func aLedgerDeletedWhileTheProgramRunsStopsItAndIsRebuiltFromTheFile() async throws {
        let running = try start(program)
        try await running.wait(until: { try bank.requests().pay > 8 })
        try await bank.whileItIsSilent {
            for end in ["", "-wal", "-shm"] { try FileManager.default.removeItem(atPath: program.ledger + end) }
        }
        let result = try await running.wait()
        #expect(result.status == 74)
        #expect(result.errors.contains("was deleted or replaced while the program ran"), "\(result.errors)")
        #expect(try bank.requests().pay < Self.rows)
        #expect(try await program.run("ledger", "recover", "--lost").status == 0)
        let again = try await start(program, "--concurrency", "60").wait()
        #expect(again.status == 11, "\(again.errors)")
        #expect(again.errors.contains("sent from a ledger that is lost"), "\(again.errors)")
        try await expectThatItFinishes(program)
        #expect(try bank.debits().count == Self.rows)
    }

    @Test func ofTwoRunsStartedTogetherOneSendsAndTheOtherNamesIt() async throws {
        var program = program
        program.environment["PAYOUT_REQUEST_TIMEOUT"] = "110"
        var both: [Program.Running] = []
        try await bank.whileItIsSilent {
            both = [try start(program), try start(program)]
            try await both[0].wait(until: { both.contains { !$0.process.isRunning } })
        }
        let results = [try await both[0].wait(), try await both[1].wait()].sorted { $0.status < $1.status }
        #expect(results.map(\.status) == [0, 75])
        #expect(results[1].errors.contains("another run is using this ledger: "), "\(results[1].errors)")
        #expect(results[1].errors.contains("process"), "\(results[1].errors)")
        #expect(try bank.requests().pay == Self.rows)
        try await expectThatItFinishes(program)
    }

    @Test(arguments: [12, 16, 24, 40, 54])
    func withTooFewFileDescriptorsItSaysSoAndNothingIsSent(limit: Int) async throws {
        let result = try await program.start(
            ["-c", "ulimit -n \(limit); exec \"$0\" \"$@\"", Program.executable.path, "run", file.path, "--yes"],
            by: URL(fileURLWithPath: "/bin/bash")
        ).wait()
        #expect(result.status == 78, "\(result.errors)")
        #expect(result.errors.contains("only \(limit) files may be open at once"), "\(result.errors)")
        #expect(try bank.requests().pay == 0)
    }

    @Test func aLowLimitOfFileDescriptorsIsRaisedAsFarAsItMay() async throws {
        let result = try await program.start(
            ["-c", "ulimit -Sn 20; exec \"$0\" \"$@\"", Program.executable.path, "run", file.path, "--yes"],
            by: URL(fileURLWithPath: "/bin/bash")
        ).wait()
        #expect(result.status == 0, "\(result.errors)")
        try await expectThatItFinishes(program)
    }
}
