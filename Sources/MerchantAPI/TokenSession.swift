import Synchronization

/// The one token that all callers share. Callers wait for the same login and share its failure. The login is a separate
/// task: a cancelled caller does not end it for the others.
actor TokenSession {
    typealias LogIn = @Sendable () async -> Result<Grant, MerchantError.Cause>
    typealias Renew = @Sendable (RefreshToken) async -> Result<Grant, MerchantError.Cause>

    private struct Held {
        let grant: Grant
        let renewAt: ContinuousClock.Instant
    }

    private let now: @Sendable () -> ContinuousClock.Instant
    private let logIn: LogIn
    private let renew: Renew
    /// The current token. Only the actor changes it.
    private let held = Mutex<Held?>(nil)
    private var pending: Task<Result<Grant, MerchantError.Cause>, Never>?
    /// Whether the first bank that answered is a sandbox. A different bank may answer at the same address later.
    private var isSandbox: Bool?

    init(now: @escaping @Sendable () -> ContinuousClock.Instant, logIn: @escaping LogIn, renew: @escaping Renew) {
        self.now = now
        self.logIn = logIn
        self.renew = renew
    }

    nonisolated func token() async throws(MerchantError.Cause) -> AccessToken {
        try await grant().access
    }

    /// Returns the token. It does not wait for the actor while a valid token is held.
    nonisolated func grant() async throws(MerchantError.Cause) -> Grant {
        if let held = held.withLock(\.self), now() < held.renewAt { return held.grant }
        return try await newGrant()
    }

    private func newGrant() async throws(MerchantError.Cause) -> Grant {
        // Another caller may have logged in meanwhile.
        if let held = held.withLock(\.self), now() < held.renewAt { return held.grant }
        let task = pending ?? Task { await self.obtain() }
        pending = task
        return try await task.value.get()
    }

    /// Drops the token, unless a newer one has replaced it.
    func invalidate(_ token: AccessToken) {
        held.withLock { held in
            if held?.grant.access == token { held = nil }
        }
    }

    /// Asks for a grant and uses its token from then on.
    func adopt(_ ask: LogIn) async throws(MerchantError.Cause) -> Grant {
        let asked = now()
        return try keep(try await ask().get(), since: asked).get()
    }

    private func obtain() async -> Result<Grant, MerchantError.Cause> {
        defer { pending = nil }
        let asked = now()
        if let refresh = held.withLock({ $0?.grant.refresh }), case .success(let grant) = await renew(refresh) {
            return keep(grant, since: asked)
        }
        let askedAgain = now()
        switch await logIn() {
        case .success(let grant): return keep(grant, since: askedAgain)
        case .failure(let error): return .failure(error)
        }
    }

    private func keep(_ grant: Grant, since asked: ContinuousClock.Instant) -> Result<Grant, MerchantError.Cause> {
        guard (isSandbox ?? grant.isSandbox) == grant.isSandbox else {
            return .failure(
                .untrusted(
                    httpStatus: 200, why: "another bank answers here than before: one of the two is a sandbox"))
        }
        isSandbox = grant.isSandbox
        let margin = min(grant.lifetime / 10, .seconds(60))
        held.withLock { $0 = Held(grant: grant, renewAt: asked + grant.lifetime - margin) }
        return .success(grant)
    }
}
