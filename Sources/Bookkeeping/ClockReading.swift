package import Foundation

/// The wall clock and the monotonic clock, read at the same moment. Two readings show whether the wall clock was set in
/// between.
package struct ClockReading: Hashable, Sendable {
    package let wall: Date
    /// The time since boot. It includes sleep.
    package let uptime: Duration
    /// The id of the boot that `uptime` counts from.
    package let boot: String

    package init(wall: Date, uptime: Duration, boot: String) {
        self.wall = wall
        self.uptime = uptime
        self.boot = boot
    }

    /// Returns whether the wall clock was set since an earlier reading. After a reboot this cannot be known, so the
    /// answer is yes.
    package func hasStepped(since earlier: ClockReading) -> Bool {
        guard boot == earlier.boot, uptime >= earlier.uptime else { return true }
        let passed = (uptime - earlier.uptime) / .seconds(1)
        // A clock that NTP adjusts runs up to 0.05 % fast or slow.
        return abs(wall.timeIntervalSince(earlier.wall) - passed) > 2 + passed / 1000
    }
}
