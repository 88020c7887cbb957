import Foundation

/// Limits failed sign-ins in a period: for each name, and for all names together.
struct SignInLimit: Sendable {
    static let triesOfAName = 5
    static let triesOfAll = 50
    /// The period in seconds.
    static let period: TimeInterval = 15 * 60

    private var failures: [(name: String, at: Date)] = []

    /// Returns how many seconds a name must wait for its next try, or `nil` if it may try now.
    mutating func wait(for name: String, at now: Date) -> TimeInterval? {
        // If the clock was set back, entries are in the future. They must not lock a name for ever.
        failures.removeAll { now.timeIntervalSince($0.at) >= Self.period || $0.at > now }
        let own = failures.filter { $0.name == name }
        let blocking =
            own.count >= Self.triesOfAName
            ? own[own.count - Self.triesOfAName]
            : failures.count >= Self.triesOfAll ? failures[failures.count - Self.triesOfAll] : nil
        return blocking.map { Self.period - now.timeIntervalSince($0.at) }
    }

    /// Counts a try. Call this before checking the password, so that simultaneous tries are all counted.
    mutating func begin(_ name: String, at now: Date) {
        failures.append((name, now))
    }

    /// Removes the counted tries of a name after a successful sign-in.
    mutating func succeed(_ name: String) {
        failures.removeAll { $0.name == name }
    }
}
