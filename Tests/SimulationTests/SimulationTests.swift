import Foundation
import Sandbox
import Testing

@testable import Simulation

@Suite struct SimulationTests {
    /// `PAYOUT_SIMULATE_SEEDS=10000` plays more stories, `PAYOUT_SIMULATE_FROM=4711` others.
    private static func number(_ name: String, else usual: UInt64) -> UInt64 {
        ProcessInfo.processInfo.environment[name].flatMap(UInt64.init) ?? usual
    }

    @Test func noStoryBreaksThePromise() async throws {
        let first = Self.number("PAYOUT_SIMULATE_FROM", else: 1)
        let count = Self.number("PAYOUT_SIMULATE_SEEDS", else: 500)
        let start = ContinuousClock.now
        let result = await Campaign(seeds: first..<first + count).play()
        print("\(result.stories) stories from seed \(first), \(ContinuousClock.now - start)")
        print(
            "faults:",
            result.faults.sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0.key.rawValue) \($0.value)" })
        print("tally:", result.tally.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" })
        for (seed, violation) in result.failures.sorted(by: { $0.key < $1.key }).prefix(5) {
            let smallest = Shrinker { Campaign.violation(in: $0) != nil }.shrink(Story(seed: seed))
            let report = try Simulation(smallest).play()
            Issue.record(
                """
                seed \(seed): \(violation)
                The shortest story that fails:
                \(smallest)
                \(report.trace.joined(separator: "\n"))
                """)
        }
        #expect(result.failures.isEmpty, "seeds \(result.failures.keys.sorted())")
    }
}
