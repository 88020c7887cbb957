import Foundation

/// Limits failed sign-ins in a period. A browser in which the user signed in before has a separate limit, so that
/// nobody else can use it up.
struct SignInLimit: Sendable {
    /// The limit for a name from one address, and for a known browser.
    static let triesAtAName = 5
    static let triesOfAnAddress = 20
    /// The limit for all unknown browsers together. It limits the work that strangers can cause.
    static let triesOfStrangers = 200
    /// The period in seconds.
    static let period: TimeInterval = 15 * 60

    /// The client that tries to sign in.
    struct Client: Hashable, Sendable {
        let name: String
        let address: ClientAddress
        /// The browser, if the user with this name signed in there before.
        let device: String?
    }

    private var failures: [(client: Client, at: Date)] = []

    /// Returns the number of seconds until a client may try again, or `nil` if it may try now.
    mutating func wait(for client: Client, at now: Date) -> TimeInterval? {
        // If the clock was set back, entries are in the future. They must not lock a name for ever.
        failures.removeAll { now.timeIntervalSince($0.at) >= Self.period || $0.at > now }
        func wait(_ limit: Int, _ counts: (Client) -> Bool) -> TimeInterval? {
            let counted = failures.filter { counts($0.client) }
            guard counted.count >= limit else { return nil }
            return Self.period - now.timeIntervalSince(counted[counted.count - limit].at)
        }
        if client.device != nil { return wait(Self.triesAtAName) { Self.isSame($0, client) } }
        return [
            wait(Self.triesAtAName) { Self.isSame($0, client) },
            wait(Self.triesOfAnAddress) { $0.device == nil && $0.address == client.address },
            wait(Self.triesOfStrangers) { $0.device == nil },
        ].compactMap(\.self).max()
    }

    /// Counts a try. Call this before checking the password, so that simultaneous tries are all counted.
    mutating func begin(_ client: Client, at now: Date) {
        failures.append((client, now))
    }

    /// Removes the counted tries of a client after a successful sign-in.
    mutating func succeed(_ client: Client) {
        failures.removeAll { Self.isSame($0.client, client) }
    }

    /// Forgets the failures at a name up to a moment, because the administrator unlocked it then.
    mutating func forget(_ name: String, before moment: Date) {
        failures.removeAll { $0.client.name == name && $0.at <= moment }
    }

    private static func isSame(_ one: Client, _ other: Client) -> Bool {
        one.name == other.name && one.device == other.device && (one.device != nil || one.address == other.address)
    }
}
