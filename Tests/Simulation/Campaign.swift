import Foundation
package import Sandbox
import Synchronization

/// Plays many stories on several threads, and adds up the results.
package struct Campaign: Sendable {
    package struct Result: Sendable {
        package var stories = 0
        package var faults: [Fault: Int] = [:]
        package var tally: [String: Int] = [:]
        /// The seeds whose stories broke an invariant, with the first one broken.
        package var failures: [UInt64: String] = [:]

        package init() {}

        package mutating func add(_ other: Result) {
            stories += other.stories
            faults.merge(other.faults, uniquingKeysWith: +)
            tally.merge(other.tally, uniquingKeysWith: +)
            failures.merge(other.failures) { first, _ in first }
        }

        mutating func add(playing story: Story, of seed: UInt64) {
            stories += 1
            do {
                let report = try Simulation(story).play()
                faults.merge(report.faults, uniquingKeysWith: +)
                tally.merge(report.tally, uniquingKeysWith: +)
                if let violation = report.violations.first { failures[seed] = violation }
            } catch {
                failures[seed] = "\(error)"
            }
        }
    }

    package let seeds: Range<UInt64>
    /// Whether to play no story after the first one that breaks an invariant.
    private let stopsAtFailure: Bool

    package init(seeds: Range<UInt64>, stopsAtFailure: Bool = false) {
        self.seeds = seeds
        self.stopsAtFailure = stopsAtFailure
    }

    /// The first seed whose story broke an invariant so far.
    private final class FirstFailure: Sendable {
        let seed = Mutex(UInt64.max)
    }

    /// - Parameter make: returns the story of a seed.
    package func play(_ make: @escaping @Sendable (UInt64) -> Story = Story.init(seed:)) async -> Result {
        let count = max(1, ProcessInfo.processInfo.activeProcessorCount)
        let first = FirstFailure()
        return await withTaskGroup(of: Result.self) { group in
            for offset in 0..<count {
                let share = seeds.dropFirst(offset).enumerated().filter { $0.offset % count == 0 }.map(\.element)
                group.addTask { await play(share, make, until: first) }
            }
            return await group.reduce(into: Result()) { $0.add($1) }
        }
    }

    /// Uses a thread of its own, because a story must stay on one thread.
    private func play(
        _ seeds: [UInt64], _ make: @escaping @Sendable (UInt64) -> Story, until first: FirstFailure
    ) async -> Result {
        await withCheckedContinuation { continuation in
            let thread = Thread { [stopsAtFailure] in
                var result = Result()
                // Each thread also plays the stories before the first failure: the first one must not depend on speed.
                for seed in seeds where !stopsAtFailure || seed < first.seed.withLock(\.self) {
                    result.add(playing: make(seed), of: seed)
                    if result.failures[seed] != nil { first.seed.withLock { $0 = min($0, seed) } }
                }
                continuation.resume(returning: result)
            }
            thread.stackSize = 8 << 20
            thread.start()
        }
    }

    /// Plays one story and returns the invariant that it broke, if any.
    package static func violation(in story: Story) -> String? {
        do {
            return try Simulation(story).play().violations.first
        } catch {
            return "\(error)"
        }
    }
}
