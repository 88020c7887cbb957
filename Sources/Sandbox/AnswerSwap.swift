import Synchronization

/// Two requests that get each other's answer: the first waits for the next payment's, up to a limit.
package final class AnswerSwap: Sendable {
    /// How long the first waits before it gets its own answer after all.
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

    /// The first's answer, in exchange for the second's; nil if the first has stopped waiting, or has another's.
    func trade(for answer: Reply) -> Reply? {
        stage.withLock { stage in
            guard case .waiting = stage else { return nil }
            stage = .met(answer)
            return own
        }
    }

    /// The answer that the first gets. It looks again and again rather than be woken, so that time is only what `sleep`
    /// makes of it.
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
