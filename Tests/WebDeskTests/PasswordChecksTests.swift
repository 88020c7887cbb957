import Fixtures
import Foundation
import Synchronization
import Testing

@testable import WebDesk

/// Tests that sign-ins cost the desk little, even if many are wrong.
@Suite struct PasswordChecksTests {
    /// Compares passwords as the desk does, and counts.
    private final class CountedComparisons: Sendable {
        struct Counts {
            var costs: [PasswordHash.Cost] = []
            var running = 0
            var mostAtOnce = 0
        }

        let counts = Mutex(Counts())
        /// Lets each comparison end, if it must wait.
        let gate: DispatchSemaphore?

        init(gate: DispatchSemaphore? = nil) {
            self.gate = gate
        }

        var running: Int { counts.withLock(\.running) }

        func compare(_ password: String, _ hash: PasswordHash) throws -> Bool {
            counts.withLock { counts in
                counts.costs.append(hash.cost)
                counts.running += 1
                counts.mostAtOnce = max(counts.mostAtOnce, counts.running)
            }
            if let gate { #expect(gate.wait(timeout: .now() + 120) == .success) }
            defer { counts.withLock { $0.running -= 1 } }
            return try hash.matches(password)
        }
    }

    /// The time of an answer must not tell which names exist. The hash takes all of the time.
    @Test(arguments: ["dilnoza", "nobody", "Дильноза", "", "a b", "8600123412341234"])
    func aNameThatNobodyHasCostsTheSameHashAsAKnownOne(name: String) async throws {
        let comparisons = CountedComparisons()
        let desk = try await ServedDesk { $0.comparePassword = comparisons.compare }
        #expect(try await desk.browser().trySigningIn(name, password: "wrong").status == 401)
        #expect(comparisons.counts.withLock(\.costs) == [ServedDesk.cheap])
        try await desk.stop()
    }

    /// A hash takes 128 MB. Many at once would take the memory and the threads that runs and pages need.
    @Test func manySignInsAtOnceComputeOnlyAFewHashesAtOnceAndPagesAreServedMeanwhile() async throws {
        let gate = DispatchSemaphore(value: 0)
        let comparisons = CountedComparisons(gate: gate)
        let desk = try await ServedDesk { $0.comparePassword = comparisons.compare }
        gate.signal()
        let maker = try await desk.signedIn("dilnoza")
        let stranger = desk.browser()
        let form = try await stranger.get("/sign-in")
        async let answers = withThrowingTaskGroup(of: Int.self) { group in
            for number in 1...5 {
                group.addTask {
                    try await stranger.post(
                        "/sign-in", ["name": "name\(number)", "password": "wrong", "token": form.token]
                    ).status
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        try await wait(for: "the first hashes") { comparisons.running == PasswordChecks.atOnce }
        // The upload is checked on one of the threads for slow work.
        #expect(try await maker.store(Payroll.file([2]), "a.csv").status == 303)
        #expect(try await maker.get("/batches/a").status == 200)
        for _ in 1...5 { gate.signal() }
        #expect(try await answers == Array(repeating: 401, count: 5))
        #expect(comparisons.counts.withLock(\.mostAtOnce) == PasswordChecks.atOnce)
        #expect(comparisons.counts.withLock(\.costs).count == 6)
        try await desk.stop()
    }
}
