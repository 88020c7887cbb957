import Foundation

/// How often somebody may be wrong: so many tries a name, and so many over all names, in a stretch of time. Pure; the time is
/// handed in.
struct SignInLimit: Sendable {
    static let triesOfAName = 5
    static let triesOfAll = 50
    static let stretch: TimeInterval = 15 * 60

    private var failures: [(name: String, at: Date)] = []

    /// - Returns: how long to wait, or `nil` where a try is free.
    mutating func wait(for name: String, at now: Date) -> TimeInterval? {
        // A clock that was set back must not lock anybody out for ever.
        failures.removeAll { now.timeIntervalSince($0.at) >= Self.stretch || $0.at > now }
        let own = failures.filter { $0.name == name }
        let blocking =
            own.count >= Self.triesOfAName
            ? own[own.count - Self.triesOfAName]
            : failures.count >= Self.triesOfAll ? failures[failures.count - Self.triesOfAll] : nil
        return blocking.map { Self.stretch - now.timeIntervalSince($0.at) }
    }

    /// Counted before the password is looked at, so that tries at the same moment are all counted.
    mutating func begin(_ name: String, at now: Date) {
        failures.append((name, now))
    }

    /// The right password makes up for the tries of its name.
    mutating func succeed(_ name: String) {
        failures.removeAll { $0.name == name }
    }
}
