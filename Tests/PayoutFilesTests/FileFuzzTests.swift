import Fixtures
import Testing

@Suite struct FileFuzzTests {
    /// `PAYOUT_FUZZ_ROUNDS` plays more rounds, `PAYOUT_TEST_SEED` others, `PAYOUT_FUZZ_FROM` begins with a round.
    @Test func noDamagedFileBreaksARule() async throws {
        let run = FuzzRun(rounds: 3000)
        let fuzzer = try FileFuzzer(seed: run.seed, corpus: CorpusTests.folder)
        let start = ContinuousClock.now
        let tallies = try await run.play(FileFuzzer.Tally()) { try fuzzer.play($0, &$1) }
        let (payable, faulty, rows) = tallies.reduce((0, 0, 0)) {
            ($0.0 + $1.payable, $0.1 + $1.faulty, $0.2 + $1.paidRows)
        }
        print(
            "\(run.rounds.count) files with seed \(run.seed) in \(ContinuousClock.now - start): \(payable) payable, "
                + "\(faulty) not, \(rows) rows accepted")
        // Enough of both comes through for the rules to mean something.
        guard run.rounds.count >= 3000 else { return }
        #expect(payable > 200 && faulty > 1000 && rows > 3000)
    }
}
