import Bookkeeping
package import Foundation

/// The time as a run sees it, handed in so that tests choose it.
package struct TimeSource: Sendable {
    /// The wall clock, for the record. It may step.
    package let now: @Sendable () -> Date
    /// Time that only moves forward, counted from a start of the machine.
    package let uptime: @Sendable () -> Duration
    /// Returns early, with an error, only where its task is cancelled.
    package let sleep: @Sendable (Duration) async throws -> Void

    /// Names the start of the machine that `uptime` is counted from.
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
