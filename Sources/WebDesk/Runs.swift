import Foundation
import Payouts
import Processing
import ServiceLifecycle

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

    typealias Work = @Sendable (RunAttendance) async throws -> RunResult

    private var current: [BatchReference: Run] = [:]
    private var remarks: [BatchReference: Remark] = [:]
    private var tasks: [Task<Void, Never>] = []
    private var isClosing = false

    func run(of batch: BatchReference) -> Run? { current[batch] }

    var active: Set<BatchReference> { Set(current.keys) }

    func remark(on batch: BatchReference) -> Remark? { remarks[batch] }

    /// Begins a run and comes back once it is under way, or with the error that stood in its way. Where the desk pays the batch
    /// already, that run is the one: a second click changes nothing.
    func begin(_ batch: BatchReference, for who: String, at now: Date, _ work: @escaping Work) async throws {
        guard current[batch] == nil else { return }
        if isClosing { throw CancellationError() }
        let run = Run(who: who, began: now, stop: StopSignal())
        current[batch] = run
        remarks[batch] = nil
        let (beginnings, begun) = AsyncThrowingStream<Void, any Error>.makeStream()
        tasks.removeAll(where: \.isCancelled)
        tasks.append(
            Task {
                let attendance = RunAttendance(
                    stop: run.stop, begun: { begun.yield() },
                    answered: { answers in Task { await self.note(answers, on: batch) } })
                do {
                    end(batch, try await work(attendance))
                    begun.finish()
                } catch {
                    end(batch, error)
                    begun.finish(throwing: error)
                }
            })
        for try await _ in beginnings { return }
    }

    func stop(_ batch: BatchReference) {
        current[batch]?.stop.stop(Reason(.stoppedByPerson))
    }

    /// Stops all and waits for them.
    func close() async {
        isClosing = true
        for run in current.values { run.stop.stop(Reason(.stoppedByPerson)) }
        for task in tasks { await task.value }
    }

    private func end(_ batch: BatchReference, _ result: RunResult) {
        current[batch] = nil
        if case .bankUnreachable = result { remarks[batch] = .bankUnreachable }
    }

    private func end(_ batch: BatchReference, _ error: any Error) {
        current[batch] = nil
        remarks[batch] = .failed(error)
    }

    private func note(_ answers: [Int: Rerun.Answer], on batch: BatchReference) {
        let notSent = answers.filter { $0.value != .queued }
        if !notSent.isEmpty { remarks[batch] = .notSent(notSent) }
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
