import Foundation
import Testing

@Suite struct AnswerFuzzTests {
    private static func number(_ name: String, else usual: UInt64) -> UInt64 {
        ProcessInfo.processInfo.environment[name].flatMap(UInt64.init) ?? usual
    }

    /// `PAYOUT_FUZZ_ROUNDS` plays more rounds, `PAYOUT_TEST_SEED` others, `PAYOUT_FUZZ_FROM` begins with a round.
    @Test func noAnswerIsTakenForMoreThanItSays() async throws {
        let seed = Self.number("PAYOUT_TEST_SEED", else: 20_261_124)
        let first = Int(Self.number("PAYOUT_FUZZ_FROM", else: 0))
        let rounds = Int(Self.number("PAYOUT_FUZZ_ROUNDS", else: 20_000))
        let start = ContinuousClock.now
        let tallies = try await withThrowingTaskGroup(of: AnswerFuzzer.Tally.self) { group in
            let parts = ProcessInfo.processInfo.activeProcessorCount
            for part in 0..<parts {
                group.addTask {
                    let fuzzer = try AnswerFuzzer(seed: seed)
                    var tally = AnswerFuzzer.Tally()
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
        let paid = tallies.map(\.paid).reduce(0, +)
        let refused = tallies.map(\.refused).reduce(0, +)
        let found = tallies.map(\.found).reduce(0, +)
        let billsPaid = tallies.map(\.billsPaid).reduce(0, +)
        let loggedIn = tallies.map(\.loggedIn).reduce(0, +)
        print(
            "\(rounds) answers with seed \(seed) in \(ContinuousClock.now - start): \(paid) paid, \(refused) refused or not "
                + "found, \(found) found paid, \(billsPaid) bills paid, \(loggedIn) logins")
        // Enough of each comes through for the rules above to mean something.
        guard rounds >= 20_000 else { return }
        for count in [paid, refused, found, billsPaid, loggedIn] { #expect(count > 30) }
    }
}
