import NIOCore
import Synchronization

/// One request and the one who waits for its end. It ends once; what comes later is not heard.
final class Call: Sendable {
    typealias Ending = Result<RawAnswer, MerchantError>

    private struct State {
        var waiter: CheckedContinuation<Ending, Never>?
        var isCancelled = false
    }

    let request: WireRequest
    /// By then the last byte of the answer is here.
    let deadline: NIODeadline
    private let state = Mutex(State())

    init(_ request: WireRequest, deadline: NIODeadline) {
        self.request = request
        self.deadline = deadline
    }

    var isOver: Bool { state.withLock { $0.waiter == nil } }
    var isCancelled: Bool { state.withLock { $0.isCancelled } }

    func isAwaited(by waiter: CheckedContinuation<Ending, Never>) {
        state.withLock { $0.waiter = waiter }
    }

    func cancel() {
        state.withLock { $0.isCancelled = true }
    }

    func end(_ ending: Ending) {
        let waiter = state.withLock { state in
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume(returning: ending)
    }
}
