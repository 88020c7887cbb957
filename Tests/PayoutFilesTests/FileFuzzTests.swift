import Foundation
import Testing

@Suite struct FileFuzzTests {
    private static func number(_ name: String, else usual: UInt64) -> UInt64 {
        ProcessInfo.processInfo.environment[name].flatMap(UInt64.init) ?? usual
    }

    /// `PAYOUT_FUZZ_ROUNDS` plays more rounds, `PAYOUT_TEST_SEED` others, `PAYOUT_FUZZ_FROM` begins with a round.
    @Test func noFileIsTakenForMoreThanItSays() async throws {
        let seed = Self.number("PAYOUT_TEST_SEED", else: 20_261_124)
        let first = Int(Self.number("PAYOUT_FUZZ_FROM", else: 0))
        let rounds = Int(Self.number("PAYOUT_FUZZ_ROUNDS", else: 3000))
        let corpus = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Corpus")
        let start = ContinuousClock.now
        let tallies = try await withThrowingTaskGroup(of: FileFuzzer.Tally.self) { group in
            let parts = ProcessInfo.processInfo.activeProcessorCount
            for part in 0..<parts {
                group.addTask {
                    let fuzzer = try FileFuzzer(seed: seed, corpus: corpus)
                    var tally = FileFuzzer.Tally()
                    for round in stride(from: first + part, to: first + rounds, by: parts) {
                        do {
                            try fuzzer.play(round, &tally)
                        } catch {
                            Issue.record(
                                "seed \(seed), round \(round) (PAYOUT_FUZZ_FROM=\(round) PAYOUT_FUZZ_ROUNDS=1): \(error)"
                            )
                        }
                    }
                    return tally
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let (payable, faulty, rows) = tallies.reduce((0, 0, 0)) {
            ($0.0 + $1.payable, $0.1 + $1.faulty, $0.2 + $1.paidRows)
        }
        print(
            "\(rounds) files with seed \(seed) in \(ContinuousClock.now - start): \(payable) payable, \(faulty) not, "
                + "\(rows) rows accepted")
        // Enough of both comes through for the rules to mean something.
        guard rounds >= 3000 else { return }
        #expect(payable > 200 && faulty > 1000 && rows > 3000)
    }
}
