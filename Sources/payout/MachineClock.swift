import Foundation

/// A clock that nobody can set, and which start of the machine it counts from.
enum MachineClock {
    /// Since the machine was started, sleep included.
    static func uptime() -> Duration {
        var time = timespec()
        unsafe clock_gettime(CLOCK_BOOTTIME, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }

    static let boot: String = {
        do {
            return try String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)
                .trimmingCharacters(in: .whitespacesAndNewlines)
        } catch {
            // Where the system does not name its starts, each process counts as one: quiet periods begin anew.
            return UUID().uuidString
        }
    }()
}
