import Foundation
import Payouts
import Processing
import UnixSignals

/// Watches for SIGINT, SIGTERM and SIGHUP until ``end()``.
struct StopOnSignal: Sendable {
    private let watcher: Task<Void, Never>

    /// - Parameter act: is told how many signals came before this one.
    init(_ act: @escaping @Sendable (_ earlier: Int) -> Void) {
        watcher = Task {
            var earlier = 0
            for await _ in await UnixSignalsSequence(trapping: .sigint, .sigterm, .sighup) {
                act(earlier)
                earlier += 1
            }
        }
    }

    /// The first signal stops the claiming of further rows; the second ends the program at once. Nothing is lost either way:
    /// whatever was on its way is claimed on disk, and the bank is asked about it by the next run.
    init(stop: StopSignal, console: Console) {
        self.init { earlier in
            if earlier > 0 {
                console.say("stopped at once; run again to resume, the bank will be asked about what was on its way")
                _exit(ExitStatus.paused.rawValue)
            }
            console.say("stopping: waiting for the answers on their way; once more ends at once")
            stop.stop(Reason(.stoppedByPerson))
        }
    }

    func end() {
        watcher.cancel()
    }
}
