import Bookkeeping
package import Foundation

/// The clocks of a run, passed in so that tests can control them.
package struct TimeSource: Sendable {
    /// The wall clock, for records. It may jump.
    package let now: @Sendable () -> Date
    /// The monotonic time since boot.
    package let uptime: @Sendable () -> Duration
    /// Sleeps. It returns early only if its task is cancelled, and then throws.
    package let sleep: @Sendable (Duration) async throws -> Void

    /// The id of the boot that `uptime` counts from.
    package let boot: String

    package init(
        now: @escaping @Sendable () -> Date, uptime: @escaping @Sendable () -> Duration, boot: String,
        sleep: @escaping @Sendable (Duration) async throws -> Void
    ) {
        self.now = now
        self.uptime = uptime
        self.boot = boot
        self.sleep = sleep
    }

    var reading: ClockReading { ClockReading(wall: now(), uptime: uptime(), boot: boot) }
}
