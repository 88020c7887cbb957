package import Payouts
import Synchronization

/// Tells every slot of a run to claim no more rows. Requests in flight may finish. Pauses end immediately.
package final class StopSignal: Sendable {
    private struct State {
        var reason: Reason?
        var sleepers: [Int: Task<Void, any Error>] = [:]
        var nextSleeper = 0
    }

    private let state = Mutex(State())

    package init() {}

    /// The reason why the run stops, or `nil` while it continues.
    package var reason: Reason? { state.withLock { $0.reason } }

    /// Stops the run. Only the first reason counts.
    package func stop(_ reason: Reason) {
        let sleepers = state.withLock { state in
            state.reason = state.reason ?? reason
            return state.sleepers
        }
        for (_, sleeper) in sleepers.sorted(by: { $0.key < $1.key }) { sleeper.cancel() }
    }

    /// Sleeps. It returns immediately if the run stops.
    func sleep(_ duration: Duration, by time: TimeSource) async {
        guard duration > .zero else { return }
        let sleeper = Task { try await time.sleep(duration) }
        let number = state.withLock { state in
            state.nextSleeper += 1
            state.sleepers[state.nextSleeper] = sleeper
            if state.reason != nil { sleeper.cancel() }
            return state.nextSleeper
        }
        _ = await sleeper.result
        state.withLock { _ = $0.sleepers.removeValue(forKey: number) }
    }
}
