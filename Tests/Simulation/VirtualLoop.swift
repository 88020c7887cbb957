import Fixtures
import Foundation

/// Runs every task of a simulation on one thread, in an order that the seed picks, in a time that passes only when there
/// is nothing else left to do. So the seed is the whole run.
package final class VirtualLoop: SerialExecutor, @unchecked Sendable {
    // Touched by its own thread alone.
    private var ready: [UnownedJob] = []
    private var timers: [Timer] = []
    private var nextTimer = 0
    private var random: SeededGenerator
    /// Time since the beginning.
    package private(set) var now = Duration.zero
    /// Looked at after every step, however small.
    package var afterEachStep: () -> Void = {
        // Nothing to look at.
    }

    private struct Timer {
        let number: Int
        let at: Duration
        let wake: CheckedContinuation<Void, any Error>
    }

    /// Nothing is left that could go on, and the work is not done: somebody waits for what never comes.
    package struct Stuck: Error {
        package let at: Duration
    }

    package init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
    }

    /// Runs the work, and what it started besides, to the end.
    ///
    /// - Throws: ``Stuck``, or what the work throws.
    package func run<T: Sendable>(_ work: @escaping @Sendable () async throws -> T) throws -> T {
        try TaskHook.with(self) {
            let result = Result()
            Task.detached {
                do {
                    result.set(.success(try await work()))
                } catch {
                    result.set(.failure(error))
                }
            }
            while step() { afterEachStep() }
            guard let value = try result.value?.get() as? T else { throw Stuck(at: now) }
            return value
        }
    }

    /// One job, or else the next moment at which something is to happen.
    private func step() -> Bool {
        if !ready.isEmpty {
            let job = ready.remove(at: Int.random(in: 0..<ready.count, using: &random))
            unsafe job.runSynchronously(on: asUnownedSerialExecutor())
            return true
        }
        guard
            let next = timers.indices.min(by: {
                (timers[$0].at, timers[$0].number) < (timers[$1].at, timers[$1].number)
            })
        else { return false }
        let timer = timers.remove(at: next)
        now = max(now, timer.at)
        timer.wake.resume()
        return true
    }

    /// Returns when the time has come; throws where the task is cancelled.
    package func sleep(_ duration: Duration) async throws {
        let number = nextTimer
        nextTimer += 1
        let at = now + max(duration, .zero)
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (wake: CheckedContinuation<Void, any Error>) in
                if Task.isCancelled { return wake.resume(throwing: CancellationError()) }
                timers.append(Timer(number: number, at: at, wake: wake))
            }
        } onCancel: {
            guard let index = timers.firstIndex(where: { $0.number == number }) else { return }
            timers.remove(at: index).wake.resume(throwing: CancellationError())
        }
    }

    func add(_ job: UnownedJob) {
        ready.append(job)
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        add(UnownedJob(job))
    }

    private final class Result: @unchecked Sendable {
        // Set and read on the loop's thread.
        private(set) var value: Swift.Result<any Sendable, any Error>?

        func set(_ value: Swift.Result<any Sendable, any Error>) { self.value = value }
    }
}
