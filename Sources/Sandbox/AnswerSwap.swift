import Synchronization

/// Swaps the answers of two payment requests. The first request waits for the next payment, up to a limit.
package final class AnswerSwap: Sendable {
    /// The time after which the first request gets its own answer.
    package let limit: Duration
    private let own: Reply
    private let stage = Mutex(Stage.waiting)

    private enum Stage {
        case waiting
        case met(Reply)
        case over
    }

    init(own: Reply, limit: Duration) {
        self.own = own
        self.limit = limit
    }

    /// Returns the answer of the first request in exchange for that of the second. Returns `nil` if the first has
    /// stopped waiting or was already swapped.
    func trade(for answer: Reply) -> Reply? {
        stage.withLock { stage in
            guard case .waiting = stage else { return nil }
            stage = .met(answer)
            return own
        }
    }

    /// Returns the answer for the first request. It polls, so that only `sleep` takes time.
    package func answer(sleep: (Duration) async throws -> Void) async rethrows -> Reply {
        let steps = 50
        for _ in 0..<steps {
            if case .met(let answer) = stage.withLock({ $0 }) { return answer }
            try await sleep(limit / steps)
        }
        return stage.withLock { stage in
            if case .met(let answer) = stage { return answer }
            stage = .over
            return own
        }
    }
}
