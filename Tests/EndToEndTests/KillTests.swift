import Fixtures
import Foundation
import Testing

@Suite(.oneAtATime) struct KillTests {
    /// Kills the first run while it stores the file. The seed chooses how many requests each later run makes before it is
    /// killed.
    @Test func aRunKilledTwentyTimesPaysEveryRowOnceAndLosesNone() async throws {
        let seed = TestSetting.seed.number(else: 20_261_123)
        print("killing with seed \(seed)")
        var random = SeededGenerator(seed: seed)
        let folder = try TemporaryFolder()
        var program = Program(in: folder)
        let file = try PayoutCSV(rows: 3_000, in: folder)
        let bank = try await ServedSandbox(program, "--latency", "20", "--repeats", "doubleDebit")
        program.environment.merge(bank.settings) { $1 }
        // The worst bank: it pays every request, even for a repeated id. Its “not found” can be trusted, because no
        // request is late on loopback.
        program.environment.merge([
            "PAYOUT_REQUEST_TIMEOUT": "1", "PAYOUT_RECONCILE_QUIET_PERIOD": "0",
            "PAYOUT_RECONCILE_WHEN_NOT_FOUND": "resend",
        ]) { $1 }

        var kills = 0
        for number in 1...20 {
            let requests = try bank.requests().total + Int.random(in: 0...150, using: &random)
            let running = try program.start(["run", file.path, "--yes", "--concurrency", "8"])
            try await running.wait(until: {
                let isTime =
                    try number == 1
                    ? FileManager.default.fileExists(atPath: program.ledger) : bank.requests().total >= requests
                return isTime || !running.process.isRunning
            })
            running.signal(SIGKILL)
            if try await running.wait().status == SIGKILL { kills += 1 }
            let ids = try bank.debits().map(\.agentTranId)
            #expect(Set(ids).count == ids.count, "seed \(seed): debited twice")
        }
        #expect(kills == 20, "seed \(seed): the runs ended before they were killed")

        var result = try await program.run("run", file.path, "--yes", "--json")
        for _ in 1...5 where result.status != 0 { result = try await program.run("run", file.path, "--yes", "--json") }
        #expect(result.status == 0, "seed \(seed): \(result.errors)")
        let debits = try bank.debits()
        #expect(debits.count == 3_000, "seed \(seed)")
        #expect(Set(debits.map(\.agentTranId)).count == 3_000, "seed \(seed)")
        let rows = try #require(try result.json["rows"] as? [String: Int])
        #expect(rows["paid"] == 3_000, "seed \(seed)")
    }
}
