import Foundation

/// The issued tokens. They are computed from the seed, so that a run can be repeated to the byte.
struct BankTokens {
    private let hash: SeededHash
    private let lifetimeSeconds: Int64
    private var issued: UInt64 = 0
    private var access: [String: Access] = [:]
    private var refreshTokens: [String: BankUser] = [:]

    private struct Access {
        let user: BankUser
        let expiry: Date
    }

    struct Pair: Equatable {
        let access: String
        let refresh: String
    }

    init(seed: UInt64, lifetimeSeconds: Int64) {
        hash = SeededHash(seed: seed)
        self.lifetimeSeconds = lifetimeSeconds
    }

    mutating func issue(to user: BankUser, at now: Date) -> Pair {
        issued += 1
        let pair = Pair(access: text(kind: 1), refresh: text(kind: 2))
        access[pair.access] = Access(user: user, expiry: now.addingTimeInterval(TimeInterval(lifetimeSeconds)))
        refreshTokens[pair.refresh] = user
        return pair
    }

    /// Exchanges a refresh token for a new pair. A refresh token works once.
    mutating func exchange(refresh: String, at now: Date) -> Pair? {
        refreshTokens.removeValue(forKey: refresh).map { issue(to: $0, at: now) }
    }

    /// Expires all access tokens. Refresh tokens stay valid.
    mutating func expireAccess() {
        access = [:]
    }

    /// Returns the user of a token, or `nil` if the token is not valid.
    func holder(of token: String, at now: Date) -> BankUser? {
        access[token].flatMap { now < $0.expiry ? $0.user : nil }
    }

    private func text(kind: UInt64) -> String {
        (UInt64(0)..<4).map { word in
            let hex = String(hash.value(issued, kind, word), radix: 16)
            return String(repeating: "0", count: 16 - hex.count) + hex
        }.joined()
    }
}
