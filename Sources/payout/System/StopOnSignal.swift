import Foundation
import Payouts
import Processing
import UnixSignals

/// The first SIGINT, SIGTERM or SIGHUP stops the claiming of further rows; the second ends the program at once. Nothing
/// is lost either way: whatever was on its way is claimed on disk, and the bank is asked about it by the next run.
struct StopOnSignal: Sendable {
    let stop: StopSignal
    let console: Console

    /// Watches while the work goes on.
    func watch<T: Sendable>(_ work: () async throws -> T) async rethrows -> T {
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm, .sighup)
        let watcher = Task {
            var isStopping = false
            for await _ in signals {
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
        defer { watcher.cancel() }
        return try await work()
    }
}
