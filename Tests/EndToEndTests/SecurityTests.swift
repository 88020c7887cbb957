import Fixtures
import Foundation
import Testing

/// Tests attacks from a terminal that belong to no other suite.
@Suite(.oneAtATime) struct SecurityTests {
    private let folder: TemporaryFolder
    private let program: Program

    init() throws {
        folder = try TemporaryFolder()
        program = Program(in: folder)
    }

    /// Such a file would never end, or never begin.
    @Test(arguments: ["pipe.csv", "/dev/zero", "folder.csv", "/dev/tty"])
    func aPathThatIsNotARegularFileIsRefusedAtOnce(path: String) async throws {
        unsafe mkfifo(folder.path("pipe.csv"), 0o600)
        try FileManager.default.createDirectory(atPath: folder.path("folder.csv"), withIntermediateDirectories: false)
        for command in [["check", path], ["import", path], ["run", path, "--sandbox", "--yes"]] {
            let running = try program.start(command)
            try await running.wait(until: { !running.process.isRunning })
            let result = try await running.wait()
            #expect(result.status != 0 && result.status < 128, "\(command): \(result.output)\(result.errors)")
        }
    }

    /// The runner's file only says who works. Without it, SQLite's own locks and the claims keep two runs apart.
    @Test func twoRunsPayEachRowOnceThoughSomebodyDeletedTheRunnersFile() async throws {
        let file = try PayoutCSV(rows: 200, in: folder)
        let bank = try await ServedSandbox(program, "--latency", "30", "--repeats", "doubleDebit")
        var program = program
        program.environment.merge(bank.settings) { $1 }
        let first = try program.start(["run", file.path, "--yes", "--concurrency", "4"])
        try await first.wait(until: { try bank.requests().pay > 10 || !first.process.isRunning })
        try FileManager.default.removeItem(atPath: program.ledger + ".runner")
        let second = try await program.run("run", "payroll", "--yes", "--concurrency", "4")
        let status = try await first.wait().status
        var ids = try bank.debits().map(\.agentTranId)
        #expect(Set(ids).count == ids.count, "debited twice; the runs ended with \(status) and \(second.status)")
        // However the two runs ended, a third run finishes the batch.
        program.environment["PAYOUT_RECONCILE_QUIET_PERIOD"] = "0"
        program.environment["PAYOUT_RECONCILE_WHEN_NOT_FOUND"] = "resend"
        let last = try await program.run("run", "payroll", "--yes")
        ids = try bank.debits().map(\.agentTranId)
        #expect(Set(ids).count == ids.count && ids.count == 200, "\(last.status): \(last.errors)")
    }
}
