package import Foundation

/// The wall clock beside a clock that cannot be set, read at one moment. Two of them show whether the wall clock was
/// set in between.
package struct ClockReading: Hashable, Sendable {
    package let wall: Date
    /// Since the machine was started; sleep counts.
    package let uptime: Duration
    /// Which start of the machine `uptime` is counted from.
    package let boot: String

    package init(wall: Date, uptime: Duration, boot: String) {
        self.wall = wall
        self.uptime = uptime
        self.boot = boot
    }

    /// Whether the wall clock went another way than time since an earlier reading. After a restart of the machine nobody
    /// can tell, which counts as yes.
    func hasStepped(since earlier: ClockReading) -> Bool {
        guard boot == earlier.boot, uptime >= earlier.uptime else { return true }
        let passed = (uptime - earlier.uptime) / .seconds(1)
        // A clock that is being steered towards the right time runs up to 0.05 % fast or slow.
        return abs(wall.timeIntervalSince(earlier.wall) - passed) > 2 + passed / 1000
    }
}
