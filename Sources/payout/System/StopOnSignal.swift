import Foundation
import Payouts
import Processing
import Reports
import UnixSignals

/// Watches for SIGINT, SIGTERM and SIGHUP until ``end()``.
struct StopOnSignal: Sendable {
    private let watcher: Task<Void, Never>

    /// Starts to watch.
    /// - Parameter act: called at each signal, with the number of earlier signals.
    init(_ act: @escaping @Sendable (_ earlier: Int) -> Void) {
        watcher = Task {
            var earlier = 0
            for await _ in await UnixSignalsSequence(trapping: .sigint, .sigterm, .sighup) {
                act(earlier)
                earlier += 1
            }
        }
    }

    /// Stops the run at the first signal, and the program at the second. Nothing is lost in either case. The ledger has
    /// every row in flight, and the next run asks the bank about these rows.
    init(stop: StopSignal, console: Console) {
        self.init { earlier in
            if earlier > 0 {
                console.say(console.words("run.stopped"))
                _exit(ExitStatus.paused.rawValue)
            }
            console.say(console.words("run.stopping"))
            stop.stop(Reason(.stoppedByPerson))
        }
    }

    func end() {
        watcher.cancel()
    }
}
