import Fixtures
import Foundation
import Testing

@Suite struct WorkbookFuzzTests {
    /// `PAYOUT_FUZZ_ROUNDS` plays more rounds, `PAYOUT_TEST_SEED` others, `PAYOUT_FUZZ_FROM` begins with a round.
    @Test func noDamagedWorkbookBreaksARule() async throws {
        let run = FuzzRun(rounds: 2000)
        let fuzzer = try WorkbookFuzzer(seed: run.seed)
        let tallies = try await run.play(FileFuzzer.Tally()) { try fuzzer.play($0, &$1) }
        let (payable, faulty, rows) = tallies.reduce((0, 0, 0)) {
            ($0.0 + $1.payable, $0.1 + $1.faulty, $0.2 + $1.paidRows)
        }
        print(
            "\(run.rounds.count) workbooks with seed \(run.seed): \(payable) payable, \(faulty) not, \(rows) rows accepted"
        )
        guard run.rounds.count >= 2000 else { return }
        #expect(payable > 100 && faulty > 500 && rows > 500)
    }
}
