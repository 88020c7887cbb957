import Foundation
import Operations
import Payouts
import Processing
import ServiceLifecycle
import Synchronization

/// The runs that were begun at the desk. They go on when the browser is closed, and end with the program: at its end they stop
/// claiming rows and wait for what is on its way.
actor Runs {
    struct Run: Sendable {
        let who: String
        let began: Date
        let stop: StopSignal
    }

    /// What there is to say after a run, where the ledger does not say it.
    enum Remark: Sendable {
        case bankUnreachable
        case failed(any Error)
        case notSent([Int: Rerun.Answer])
    }

    /// Runs a use case until it ends or is told to stop, and tells what happens.
    typealias Work = @Sendable (StopSignal, @escaping @Sendable (RunEvent) -> Void) async throws -> RunOutcome

    private var current: [BatchReference: Run] = [:]
    private var remarks: [BatchReference: Remark] = [:]
    private(set) var tasks: [BatchReference: Task<Void, Never>] = [:]
    private var isClosing = false

    func run(of batch: BatchReference) -> Run? { current[batch] }

    var active: Set<BatchReference> { Set(current.keys) }

    func remark(on batch: BatchReference) -> Remark? { remarks[batch] }

    /// Begins a run and comes back once it is under way, or with the error that stood in its way. Where the desk pays the batch
    /// already, that run is the one: a second click changes nothing.
    ///
    /// - Returns: whether it began one.
    @discardableResult
    func begin(_ batch: BatchReference, for who: String, at now: Date, _ work: @escaping Work) async throws -> Bool {
        guard current[batch] == nil else { return false }
        if isClosing { throw CancellationError() }
        let run = Run(who: who, began: now, stop: StopSignal())
        current[batch] = run
        remarks[batch] = nil
        let (beginnings, beginning) = AsyncThrowingStream<Void, any Error>.makeStream()
        let answers = Mutex<[Int: Rerun.Answer]>([:])
        let hasBegun = Mutex(false)
        // Apart from the request that began it, and from its server's end: the run is told by itself when to stop, and what it
        // talks to, such as the built-in bank, must live until then.
        tasks[batch] = Task.detached { [self] in
            do {
                let outcome = try await work(run.stop) { event in
                    switch event {
                    case .started:
                        hasBegun.withLock { $0 = true }
                        beginning.yield()
                    case .rerunAnswered(let given): answers.withLock { $0 = given }
                    default: break
                    }
                }
                await end(batch, outcome, notSent: answers.withLock { $0.filter { $0.value != .queued } })
                beginning.finish()
            } catch {
                // Who waits for the beginning is told herself; later, the page of the batch says it.
                await end(batch, error, isToBeSaid: hasBegun.withLock { $0 })
                beginning.finish(throwing: error)
            }
        }
        for try await _ in beginnings { return true }
        return true
    }

    /// What was said of an earlier run is settled.
    func forgetRemark(on batch: BatchReference) {
        remarks[batch] = nil
    }

    func stop(_ batch: BatchReference) {
        current[batch]?.stop.stop(Reason(.stoppedByPerson))
    }

    /// Stops all and waits for them.
    func close() async {
        isClosing = true
        for run in current.values { run.stop.stop(Reason(.stoppedByPerson)) }
        for task in tasks.values { await task.value }
    }

    private func end(_ batch: BatchReference, _ error: any Error, isToBeSaid: Bool) {
        letGo(of: batch)
        if isToBeSaid { remarks[batch] = .failed(error) }
    }

    private func end(_ batch: BatchReference, _ outcome: RunOutcome, notSent: [Int: Rerun.Answer]) {
        letGo(of: batch)
        if case .bankUnreachable = outcome {
            remarks[batch] = .bankUnreachable
        } else if !notSent.isEmpty {
            remarks[batch] = .notSent(notSent)
        }
    }

    private func letGo(of batch: BatchReference) {
        current[batch] = nil
        tasks[batch] = nil
    }
}

/// Ends the runs with the program.
struct RunsService: Service {
    let runs: Runs

    func run() async throws {
        do {
            try await gracefulShutdown()
        } catch {
            // Stopped at once; what is on its way is asked about by the next run.
        }
        await runs.close()
    }
}
