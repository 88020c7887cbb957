import Foundation
import Operations
import Payouts
import Processing
import ServiceLifecycle
import Synchronization

/// The runs that the desk started. A run continues when the browser is closed. When the program stops, its runs claim
/// no more rows and wait for the answers in flight.
actor Runs {
    struct Run: Sendable {
        let who: String
        let startedAt: Date
        let stop: StopSignal
    }

    /// The result of a run that the ledger does not record.
    enum Remark: Sendable {
        case bankUnreachable
        case failed(any Error)
        case notSent([Int: Rerun.Answer])
    }

    /// Runs a use case until it ends or the signal stops it. Reports its events to the closure.
    typealias Work = @Sendable (StopSignal, @escaping @Sendable (RunEvent) -> Void) async throws -> RunOutcome

    private var current: [BatchReference: Run] = [:]
    private var remarks: [BatchReference: Remark] = [:]
    private(set) var tasks: [BatchReference: Task<Void, Never>] = [:]
    private var isClosing = false

    func run(of batch: BatchReference) -> Run? { current[batch] }

    var active: Set<BatchReference> { Set(current.keys) }

    func remark(on batch: BatchReference) -> Remark? { remarks[batch] }

    /// Starts a run, and returns after it has started. If the desk already runs this batch, it does nothing: a second
    /// click changes nothing.
    ///
    /// - Returns: whether it started a run.
    /// - Throws: the error that prevented the start, or `CancellationError` if the desk is closing.
    @discardableResult
    func begin(_ batch: BatchReference, for who: String, at now: Date, _ work: @escaping Work) async throws -> Bool {
        guard current[batch] == nil else { return false }
        if isClosing { throw CancellationError() }
        let run = Run(who: who, startedAt: now, stop: StopSignal())
        current[batch] = run
        remarks[batch] = nil
        let (starts, start) = AsyncThrowingStream<Void, any Error>.makeStream()
        let answers = Mutex<[Int: Rerun.Answer]>([:])
        let started = Mutex(false)
        // Detach the run from the request and from the server's shutdown. `close()` stops it. Everything that the run
        // uses, such as the built-in bank, must live until then.
        tasks[batch] = Task.detached { [self] in
            do {
                let outcome = try await work(run.stop) { event in
                    switch event {
                    case .started:
                        started.withLock { $0 = true }
                        start.yield()
                    case .rerunAnswered(let given): answers.withLock { $0 = given }
                    default: break
                    }
                }
                await end(batch, outcome, notSent: answers.withLock { $0.filter { $0.value != .queued } })
                start.finish()
            } catch {
                // Before the start, throw to the caller. After it, store the error for the page of the batch.
                await end(batch, error, hasStarted: started.withLock { $0 })
                start.finish(throwing: error)
            }
        }
        for try await _ in starts { return true }
        return true
    }

    /// Removes the remark of an earlier run.
    func forgetRemark(on batch: BatchReference) {
        remarks[batch] = nil
    }

    /// Stops the run of a batch. Returns `false` if the desk does not run it.
    func stop(_ batch: BatchReference) -> Bool {
        guard let run = current[batch] else { return false }
        run.stop.stop(Reason(.stoppedByPerson))
        return true
    }

    /// Stops all runs and waits for them.
    func close() async {
        isClosing = true
        for run in current.values { run.stop.stop(Reason(.stoppedByPerson)) }
        for task in tasks.values { await task.value }
    }

    private func end(_ batch: BatchReference, _ error: any Error, hasStarted: Bool) {
        clear(batch)
        if hasStarted { remarks[batch] = .failed(error) }
    }

    private func end(_ batch: BatchReference, _ outcome: RunOutcome, notSent: [Int: Rerun.Answer]) {
        clear(batch)
        if case .bankUnreachable = outcome {
            remarks[batch] = .bankUnreachable
        } else if !notSent.isEmpty {
            remarks[batch] = .notSent(notSent)
        }
    }

    private func clear(_ batch: BatchReference) {
        current[batch] = nil
        tasks[batch] = nil
    }
}

/// Stops the runs when the program stops.
struct RunsService: Service {
    let runs: Runs

    func run() async throws {
        do {
            try await gracefulShutdown()
        } catch {
            // The task was cancelled: the program stops immediately. The next run asks the bank about the rows in
            // flight.
        }
        await runs.close()
    }
}
