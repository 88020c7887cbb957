import NIOCore
import Synchronization

/// A request in flight and the task that waits for its result. Only the first result counts. Later results are ignored.
final class PendingRequest: Sendable {
    private struct State {
        var waiter: CheckedContinuation<Result<RawAnswer, MerchantError.Cause>, Never>?
        var isCancelled = false
    }

    let request: WireRequest
    /// The time by which the last byte of the answer must have come.
    let deadline: NIODeadline
    private let state = Mutex(State())

    init(_ request: WireRequest, deadline: NIODeadline) {
        self.request = request
        self.deadline = deadline
    }

    var isOver: Bool { state.withLock { $0.waiter == nil } }
    var isCancelled: Bool { state.withLock { $0.isCancelled } }

    func isAwaited(by waiter: CheckedContinuation<Result<RawAnswer, MerchantError.Cause>, Never>) {
        state.withLock { $0.waiter = waiter }
    }

    func cancel() {
        state.withLock { $0.isCancelled = true }
    }

    func end(_ result: Result<RawAnswer, MerchantError.Cause>) {
        let waiter = state.withLock { state in
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume(returning: result)
    }
}
