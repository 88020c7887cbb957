import Synchronization

/// Spaces sends evenly, at most a given number per second, whatever the number of slots.
final class RateLimit: Sendable {
    private let spacing: Duration
    private let free: Mutex<Duration?>

    /// - Parameter perSecond: above zero.
    init(perSecond: Double) {
        spacing = .seconds(1 / perSecond)
        free = Mutex(nil)
    }

    /// Reserves the next send time and returns how long it is until then.
    func delay(now: Duration) -> Duration {
        free.withLock { free in
            let place = max(free ?? now, now)
            free = place + spacing
            return place - now
        }
    }
}
