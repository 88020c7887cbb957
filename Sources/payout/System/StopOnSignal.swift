import Foundation
import Payouts
import Processing
import UnixSignals

/// The first SIGINT, SIGTERM or SIGHUP stops the claiming of further rows; the second ends the program at once. Nothing
/// is lost either way: whatever was on its way is claimed on disk, and the bank is asked about it by the next run.
struct StopOnSignal: Sendable {
    private let watcher: Task<Void, Never>

    /// Watches until ``end()``.
    init(stop: StopSignal, console: Console) {
        watcher = Task {
            var isStopping = false
            for await _ in await UnixSignalsSequence(trapping: .sigint, .sigterm, .sighup) {
                if isStopping {
                    console.say(
                        "stopped at once; run again to resume, the bank will be asked about what was on its way")
                    _exit(ExitStatus.paused.rawValue)
                }
                isStopping = true
                console.say("stopping: waiting for the answers on their way; once more ends at once")
                stop.stop(Reason(.stoppedByPerson))
            }
        }
    }

    func end() {
        watcher.cancel()
    }
}
