import Payouts
import Synchronization

/// Lets slots work or wait, as ``Pacing`` allows. Slot number n works while n is below the allowed number.
final class PacingGate: Sendable {
    private struct State {
        var pacing: Pacing
        var isOpen = false
        var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
    }

    private let state: Mutex<State>

    init(_ pacing: Pacing) {
        state = Mutex(State(pacing: pacing))
    }

    func admits(_ slot: Int) -> Bool {
        state.withLock { $0.isOpen || slot < $0.pacing.allowed }
    }

    /// Waits until the slot may take a row. A slot that holds a row must not call this.
    func turn(of slot: Int) async {
        await withCheckedContinuation { continuation in
            let mustWait = state.withLock { state in
                if state.isOpen || slot < state.pacing.allowed { return false }
                state.waiting[slot] = continuation
                return true
            }
            if !mustWait { continuation.resume() }
        }
    }

    /// Adjusts the allowed number after a response.
    /// - Returns: the new number of working slots if it has become smaller.
    func take(_ outcome: Outcome, sentAt: Duration, now: Duration) -> Int? {
        let (fewer, admitted) = state.withLock { state in
            let before = state.pacing.allowed
            state.pacing.take(outcome, sentAt: sentAt, now: now)
            let allowed = state.pacing.allowed
            let slots = state.waiting.keys.filter { $0 < allowed }.sorted()
            return (allowed < before ? allowed : nil, slots.map { state.waiting.removeValue(forKey: $0) })
        }
        for continuation in admitted { continuation?.resume() }
        return fewer
    }

    /// Lets every slot through from now on. Each slot then finds that there is nothing more to send.
    func open() {
        let waiting = state.withLock { state in
            state.isOpen = true
            defer { state.waiting = [:] }
            return state.waiting
        }
        for (_, continuation) in waiting.sorted(by: { $0.key < $1.key }) { continuation.resume() }
    }
}
