import Synchronization

/// Spaces sends evenly. It limits them to a number per second, whatever the number of slots.
final class RateLimit: Sendable {
    private let spacing: Duration
    private let free: Mutex<Duration?>

    /// Makes a limit.
    /// - Parameter perSecond: the sends per second, above zero.
    init(perSecond: Double) {
        spacing = .seconds(1 / perSecond)
        free = Mutex(nil)
    }

    /// Reserves the next send time. Returns the time until then.
    func delay(now: Duration) -> Duration {
        free.withLock { free in
            let place = max(free ?? now, now)
            free = place + spacing
            return place - now
        }
    }
}
