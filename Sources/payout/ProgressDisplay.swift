import Bookkeeping
import Logging
import PaymentValues
import Payouts
import Processing
import Synchronization

/// Shows how a run goes on: a bar that moves on a terminal, a plain line now and then elsewhere.
final class ProgressDisplay: Sendable {
    private let console: Console
    private let time: TimeSource
    private let batch: BatchReference
    private let progress: Mutex<RunProgress>

    /// - Parameter totals: what each state has now.
    init(
        _ batch: BatchRecord, standing totals: [PayoutState: ControlTotals], console: Console, time: TimeSource
    ) {
        self.console = console
        self.time = time
        self.batch = batch.reference
        progress = Mutex(RunProgress(of: batch.totals, standing: totals, at: time.uptime()))
    }

    func take(_ move: PayoutMove) {
        progress.withLock { $0.take(move) }
        if let reason = move.reason, move.to == .unknown || move.to == .review || move.to == .refused {
            console.say(
                "row \(move.row): \(move.to.rawValue), \(reason.code) (agentTranId \(move.id))",
                level: move.to == .refused ? .notice : .warning, message: "a payout is \(move.to.rawValue)",
                details: [
                    "batch": batch.name, "row": String(move.row), "agentTranId": move.id.description,
                    "reason": reason.code.rawValue,
                ])
        }
    }

    /// Shows the progress while the work goes on.
    func follow<T: Sendable>(_ work: () async throws -> T) async rethrows -> T {
        let ticker = Task {
            while !Task.isCancelled {
                await tick()
            }
        }
        defer {
            ticker.cancel()
            if console.isTerminal { console.show(bar: "") }
        }
        return try await work()
    }

    private func tick() async {
        let uptime = time.uptime()
        if console.isTerminal {
            console.show(bar: progress.withLock { $0.bar(width: 20, at: uptime) })
        }
        do {
            try await time.sleep(console.isTerminal ? .milliseconds(200) : .seconds(10))
            if !console.isTerminal {
                console.say(progress.withLock { $0.line(at: time.uptime()) })
            }
        } catch {
            // The run has ended, and with it the waiting.
        }
    }
}
