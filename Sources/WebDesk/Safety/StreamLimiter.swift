import Synchronization

/// Limits how many pages follow runs, for each session and for all. Each open stream reads the ledger twice a second.
final class StreamLimiter: Sendable {
    private let limits: DeskConfiguration.Streams
    private let open = Mutex<[ObjectIdentifier: Int]>([:])

    init(_ limits: DeskConfiguration.Streams) {
        self.limits = limits
    }

    /// Returns a permit for one stream, or `nil` if a limit is reached.
    func permit(for session: Session) -> StreamPermit? {
        let key = ObjectIdentifier(session)
        let isFree = open.withLock { open in
            let own = open[key] ?? 0
            guard own < limits.ofSession, open.values.reduce(0, +) < limits.ofAll else { return false }
            open[key] = own + 1
            return true
        }
        return isFree ? StreamPermit(session, from: self) : nil
    }

    fileprivate func release(_ key: ObjectIdentifier) {
        open.withLock { open in
            let left = (open[key] ?? 1) - 1
            open[key] = left > 0 ? left : nil
        }
    }
}

/// The right to one stream. It ends with ``release()`` or with the object, so also when its answer never began.
final class StreamPermit: Sendable {
    // Keep the session alive, so that no other object gets its identity meanwhile.
    private let session: Session
    private let limiter: StreamLimiter
    private let isHeld = Mutex(true)

    fileprivate init(_ session: Session, from limiter: StreamLimiter) {
        self.session = session
        self.limiter = limiter
    }

    func release() {
        let wasHeld = isHeld.withLock { isHeld in
            defer { isHeld = false }
            return isHeld
        }
        if wasHeld { limiter.release(ObjectIdentifier(session)) }
    }

    deinit {
        release()
    }
}
