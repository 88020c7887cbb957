import Synchronization

/// The one token that all callers share. However many wait, one login is on its way; it belongs to none of them, so
/// that a caller who is cancelled does not end it for the others. A failure is shared by all who wait for it.
actor TokenSession {
    typealias LogIn = @Sendable () async -> Result<Grant, MerchantError>
    typealias Renew = @Sendable (RefreshToken) async -> Result<Grant, MerchantError>

    private struct Held {
        let grant: Grant
        let renewAt: ContinuousClock.Instant
    }

    private let now: @Sendable () -> ContinuousClock.Instant
    private let logIn: LogIn
    private let renew: Renew
    /// Changed by the actor alone.
    private let held = Mutex<Held?>(nil)
    private var pending: Task<Result<Grant, MerchantError>, Never>?
    /// Whether the one who was signed in to first is a sandbox. Behind the same address another may answer later.
    private var isSandbox: Bool?

    init(now: @escaping @Sendable () -> ContinuousClock.Instant, logIn: @escaping LogIn, renew: @escaping Renew) {
        self.now = now
        self.logIn = logIn
        self.renew = renew
    }

    nonisolated func token() async throws(MerchantError) -> AccessToken {
        try await grant().access
    }

    /// Where a good token is held, nobody waits for the actor.
    nonisolated func grant() async throws(MerchantError) -> Grant {
        if let held = held.withLock(\.self), now() < held.renewAt { return held.grant }
        return try await newGrant()
    }

    private func newGrant() async throws(MerchantError) -> Grant {
        // Another caller may have been quicker.
        if let held = held.withLock(\.self), now() < held.renewAt { return held.grant }
        let task = pending ?? Task { await self.obtain() }
        pending = task
        return try await task.value.get()
    }

    /// Forgets the token, unless another has taken its place.
    func invalidate(_ token: AccessToken) {
        held.withLock { held in
            if held?.grant.access == token { held = nil }
        }
    }

    /// Uses the token of a grant that somebody asks for from now on.
    func adopt(_ ask: LogIn) async throws(MerchantError) -> Grant {
        let asked = now()
        return try keep(try await ask().get(), since: asked).get()
    }

    private func obtain() async -> Result<Grant, MerchantError> {
        defer { pending = nil }
        let asked = now()
        if let refresh = held.withLock({ $0?.grant.refresh }), case .success(let grant) = await renew(refresh) {
            return keep(grant, since: asked)
        }
        let askedAnew = now()
        switch await logIn() {
        case .success(let grant): return keep(grant, since: askedAnew)
        case .failure(let error): return .failure(error)
        }
    }

    private func keep(_ grant: Grant, since asked: ContinuousClock.Instant) -> Result<Grant, MerchantError> {
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
