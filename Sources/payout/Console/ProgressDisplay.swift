import Logging
import Operations
import PaymentValues
import Payouts
import Processing
import Synchronization

/// Shows the progress of a run: a moving bar on a terminal, otherwise a line every 10 seconds.
final class ProgressDisplay: Sendable {
    private let console: Console
    private let time: TimeSource
    private let batch: BatchReference
    private let text: RunText
    private let state: Mutex<State>

    private struct State {
        var progress: RunProgress
        var ticker: Task<Void, Never>?
        var isOver = false
    }

    /// Starts the display.
    /// - Parameter isShown: whether to show the progress. Rows that are not paid are reported in any case.
    init(
        _ batch: BatchReference, _ progress: RunProgress, text: RunText, console: Console, time: TimeSource,
        isShown: Bool
    ) {
        self.console = console
        self.time = time
        self.batch = batch
        self.text = text
        state = Mutex(State(progress: progress))
        guard isShown else { return }
        let ticker = Task {
            while !Task.isCancelled { await tick() }
        }
        state.withLock { $0.ticker = ticker }
    }

    func take(_ move: PayoutMove) {
        state.withLock { $0.progress.take(move) }
        guard let line = text.text(of: move), let reason = move.reason else { return }
        console.say(
            line, level: move.to == .refused ? .notice : .warning, message: "a payout is \(move.to.rawValue)",
            details: [
                "batch": batch.name, "row": String(move.row), "agentTranId": move.id.description,
                "reason": reason.code.rawValue,
            ])
    }

    /// Removes the bar. Afterwards it shows nothing.
    func end() {
        state.withLock { state in
            state.ticker?.cancel()
            state.isOver = true
            if console.isTerminal { console.show(bar: "") }
        }
    }

    private func tick() async {
        if console.isTerminal {
            show { [console, time] in console.show(bar: $0.bar(width: 20, at: time.uptime(), in: console.language)) }
        }
        do {
            try await time.sleep(console.isTerminal ? .milliseconds(200) : .seconds(10))
        } catch {
            // The run has ended and cancelled the sleep.
            return
        }
        if !console.isTerminal {
            show { [console, time] in console.say($0.line(at: time.uptime(), in: console.lineLanguage)) }
        }
    }

    private func show(_ progress: (RunProgress) -> Void) {
        state.withLock { state in
            if !state.isOver { progress(state.progress) }
        }
    }
}
