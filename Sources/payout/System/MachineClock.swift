import Foundation

/// The monotonic clock since boot, and the id of the boot.
enum MachineClock {
    /// Returns the time since boot. It includes sleep.
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
            // Without a boot id, treat each process as a new boot: quiet periods then restart.
            return UUID().uuidString
        }
    }()
}
