import Foundation
package import Sandbox

/// Plays many stories, on threads of their own, and adds up what came about.
package struct Campaign: Sendable {
    package struct Result: Sendable {
        package var stories = 0
        package var faults: [Fault: Int] = [:]
        package var tally: [String: Int] = [:]
        /// The seeds whose stories broke an invariant, with the first that they broke.
        package var failures: [UInt64: String] = [:]

        mutating func add(_ other: Result) {
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

    package init(seeds: Range<UInt64>) {
        self.seeds = seeds
    }

    /// - Parameter make: the story of a seed.
    package func play(_ make: @escaping @Sendable (UInt64) -> Story = Story.init(seed:)) async -> Result {
        let count = max(1, ProcessInfo.processInfo.activeProcessorCount)
        return await withTaskGroup(of: Result.self) { group in
            for offset in 0..<count {
                let share = seeds.dropFirst(offset).enumerated().filter { $0.offset % count == 0 }.map(\.element)
                group.addTask { await Self.play(share, make) }
            }
            return await group.reduce(into: Result()) { $0.add($1) }
        }
    }

    /// On a thread of its own, for a story must not be moved to another one.
    private static func play(_ seeds: [UInt64], _ make: @escaping @Sendable (UInt64) -> Story) async -> Result {
        await withCheckedContinuation { continuation in
            let thread = Thread {
                var result = Result()
                for seed in seeds { result.add(playing: make(seed), of: seed) }
                continuation.resume(returning: result)
            }
            thread.stackSize = 8 << 20
            thread.start()
        }
    }

    /// Plays one story and tells what it broke, if anything.
    package static func violation(in story: Story) -> String? {
        do {
            return try Simulation(story).play().violations.first
        } catch {
            return "\(error)"
        }
    }
}
