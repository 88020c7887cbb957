import Fixtures
import Foundation

/// Runs every task of a simulation on one thread, in an order that the seed decides. Time advances only when no task is
/// ready. So the seed determines the whole run.
package final class VirtualLoop: SerialExecutor, @unchecked Sendable {
    // Accessed only from its own thread.
    private var ready: [UnownedJob] = []
    private var timers: [Timer] = []
    private var nextTimer = 0
    private var random: SeededGenerator
    /// The time since the start.
    package private(set) var now = Duration.zero
    /// Called after every step, however small.
    package var afterEachStep: () -> Void = {
        // Does nothing by default.
    }

    private struct Timer {
        let number: Int
        let at: Duration
        let wake: CheckedContinuation<Void, any Error>
    }

    /// No task can continue, but the work is not done: a task waits for something that never happens.
    package struct Stuck: Error {
        package let at: Duration
    }

    package init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
    }

    /// Runs the work, and everything that it started, to the end.
    ///
    /// - Throws: ``Stuck``, or the error of the work.
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

    /// Runs one ready job, or advances to the next timer. Returns `false` if there is neither.
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

    /// Returns when the time has come. Throws if the task is cancelled.
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
        // Accessed only from the loop's thread.
        private(set) var value: Swift.Result<any Sendable, any Error>?

        func set(_ value: Swift.Result<any Sendable, any Error>) { self.value = value }
    }
}
