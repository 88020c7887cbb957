import Foundation

/// Plays the rounds of a fuzzer on all cores. The seed and the number of a round determine the round.
package struct FuzzRun: Sendable {
    package let seed = TestSetting.seed.number(else: 20_261_124)
    package let rounds: Range<Int>

    /// - Parameter usual: the number of rounds, unless `PAYOUT_FUZZ_ROUNDS` is set.
    package init(rounds usual: UInt64) {
        let first = Int(TestSetting.fuzzFrom.number(else: 0))
        rounds = first..<first + Int(TestSetting.fuzzRounds.number(else: usual))
    }

    /// Plays every round, also after a failure.
    ///
    /// - Returns: one tally for each core.
    /// - Throws: ``Failures``
    package func play<Tally: Sendable>(
        _ tally: Tally, _ play: @escaping @Sendable (_ round: Int, _ tally: inout Tally) throws -> Void
    ) async throws -> [Tally] {
        let parts = ProcessInfo.processInfo.activeProcessorCount
        let results = await withTaskGroup(of: (Tally, [String]).self) { group in
            for part in 0..<parts {
                group.addTask {
                    var (tally, failures) = (tally, [String]())
                    for round in rounds.dropFirst(part) where (round - rounds.lowerBound - part).isMultiple(of: parts) {
                        do {
                            try play(round, &tally)
                        } catch {
                            let setting = [(TestSetting.seed, Int(seed)), (.fuzzFrom, round), (.fuzzRounds, 1)]
                                .map { "\($0.rawValue)=\($1)" }
                            failures.append("round \(round) (\(setting.joined(separator: " "))): \(error)")
                        }
                    }
                    return (tally, failures)
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        let failures = results.flatMap(\.1)
        guard failures.isEmpty else { throw Failures(rounds: failures) }
        return results.map(\.0)
    }

    /// The rounds that failed, each with the settings that repeat it.
    package struct Failures: Error, CustomStringConvertible {
        package let rounds: [String]

        package var description: String {
            "\(rounds.count) rounds failed:\n" + rounds.prefix(10).joined(separator: "\n")
        }
    }
}
