import Foundation

/// The time as a run sees it, handed in so that tests choose it.
package struct TimeSource: Sendable {
    /// The wall clock, for the record. It may step.
    package let now: @Sendable () -> Date
    /// Time that only moves forward, from an arbitrary beginning.
    package let uptime: @Sendable () -> Duration
    /// Returns early, with an error, only where its task is cancelled.
    package let sleep: @Sendable (Duration) async throws -> Void

    package init(
        now: @escaping @Sendable () -> Date, uptime: @escaping @Sendable () -> Duration,
        sleep: @escaping @Sendable (Duration) async throws -> Void
    ) {
        self.now = now
        self.uptime = uptime
        self.sleep = sleep
    }
}
