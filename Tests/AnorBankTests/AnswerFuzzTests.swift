import Fixtures
import Testing

@Suite struct AnswerFuzzTests {
    /// `PAYOUT_FUZZ_ROUNDS` plays more rounds, `PAYOUT_TEST_SEED` others, `PAYOUT_FUZZ_FROM` begins with a round.
    @Test func noDamagedAnswerBreaksARule() async throws {
        let run = FuzzRun(rounds: 20_000)
        let fuzzer = try AnswerFuzzer(seed: run.seed)
        let start = ContinuousClock.now
        let tallies = try await run.play(AnswerFuzzer.Tally()) { try fuzzer.play($0, &$1) }
        let paid = tallies.map(\.paid).reduce(0, +)
        let refused = tallies.map(\.refused).reduce(0, +)
        let found = tallies.map(\.found).reduce(0, +)
        let billsPaid = tallies.map(\.billsPaid).reduce(0, +)
        let loggedIn = tallies.map(\.loggedIn).reduce(0, +)
        print(
            "\(run.rounds.count) answers with seed \(run.seed) in \(ContinuousClock.now - start): \(paid) paid, \(refused) "
                + "refused or not found, \(found) found paid, \(billsPaid) bills paid, \(loggedIn) logins")
        // Enough rounds must reach each rule above, or the test shows nothing.
        guard run.rounds.count >= 20_000 else { return }
        for count in [paid, refused, found, billsPaid, loggedIn] { #expect(count > 30) }
    }
}
