import Payouts
import Synchronization

/// Limits the number of pages that follow runs, for each user and for all users. Each open stream reads the ledger
/// twice a second.
final class StreamLimiter: Sendable {
    private let limits: DeskConfiguration.Streams
    private let open = Mutex<[UserName: Int]>([:])

    init(_ limits: DeskConfiguration.Streams) {
        self.limits = limits
    }

    /// Returns a permit for one stream, or `nil` if a limit is reached.
    func permit(for user: UserName) -> StreamPermit? {
        let isFree = open.withLock { open in
            let own = open[user] ?? 0
            guard own < limits.ofUser, open.values.reduce(0, +) < limits.ofAll else { return false }
            open[user] = own + 1
            return true
        }
        return isFree ? StreamPermit(user, from: self) : nil
    }

    fileprivate func release(_ user: UserName) {
        open.withLock { open in
            let left = (open[user] ?? 1) - 1
            open[user] = left > 0 ? left : nil
        }
    }
}

/// The right to one stream. It ends with ``release()`` or with the object, even if its answer never began.
final class StreamPermit: Sendable {
    private let user: UserName
    private let limiter: StreamLimiter
    private let isHeld = Mutex(true)

    fileprivate init(_ user: UserName, from limiter: StreamLimiter) {
        self.user = user
        self.limiter = limiter
    }

    func release() {
        let wasHeld = isHeld.withLock { isHeld in
            defer { isHeld = false }
            return isHeld
        }
        if wasHeld { limiter.release(user) }
    }

    deinit {
        release()
    }
}
