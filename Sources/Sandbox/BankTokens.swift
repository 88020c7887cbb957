import Foundation

/// The tokens given out. They are numbers of the seed, so a run can be repeated to the byte.
struct BankTokens {
    private let hash: SeededHash
    private let lifetimeSeconds: Int64
    private var issued: UInt64 = 0
    private var accessExpiry: [String: Date] = [:]
    private var refreshTokens: Set<String> = []

    struct Pair: Equatable {
        let access: String
        let refresh: String
    }

    init(seed: UInt64, lifetimeSeconds: Int64) {
        hash = SeededHash(seed: seed)
        self.lifetimeSeconds = lifetimeSeconds
    }

    mutating func issue(at now: Date) -> Pair {
        issued += 1
        let pair = Pair(access: text(kind: 1), refresh: text(kind: 2))
        accessExpiry[pair.access] = now.addingTimeInterval(TimeInterval(lifetimeSeconds))
        refreshTokens.insert(pair.refresh)
        return pair
    }

    /// A refresh token serves once.
    mutating func exchange(refresh: String, at now: Date) -> Pair? {
        guard refreshTokens.remove(refresh) != nil else { return nil }
        return issue(at: now)
    }

    /// Every access token given out so far ends now; refresh tokens stay good.
    mutating func expireAccess() {
        accessExpiry = [:]
    }

    func accepts(access: String, at now: Date) -> Bool {
        accessExpiry[access].map { now < $0 } ?? false
    }

    private func text(kind: UInt64) -> String {
        (UInt64(0)..<4).map { word in
            let hex = String(hash.value(issued, kind, word), radix: 16)
            return String(repeating: "0", count: 16 - hex.count) + hex
        }.joined()
    }
}
