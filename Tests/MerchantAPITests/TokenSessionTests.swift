import Synchronization
import Testing

@testable import MerchantAPI

@Suite struct TokenSessionTests {
    private final class Stage: Sendable {
        let logins = Mutex(0)
        let renewals = Mutex(0)
        let time = Mutex(ContinuousClock.now)
        let isRefused = Mutex(false)

        func session() -> TokenSession {
            TokenSession(
                now: { self.time.withLock { $0 } },
                logIn: {
                    let number = self.logins.withLock {
                        $0 += 1
                        return $0
                    }
                    await Task.yield()
                    return .success(Self.grant("login\(number)"))
                },
                renew: { _ in
                    self.renewals.withLock { $0 += 1 }
                    return self.isRefused.withLock { $0 }
                        ? .failure(.noAnswer(.timeout)) : .success(Self.grant("renewed"))
                })
        }

        static func grant(_ name: String) -> Grant {
            Grant(access: AccessToken(secret: name), refresh: RefreshToken("r"), lifetime: .seconds(1000))
        }
    }

    @Test func aTokenIsRenewedBeforeItExpiresAndARefusedRenewalLogsIn() async throws {
        let stage = Stage()
        let session = stage.session()
        #expect(try await session.token().secret == "login1")
        stage.time.withLock { $0 += .seconds(939) }
        #expect(try await session.token().secret == "login1")
        stage.time.withLock { $0 += .seconds(2) }
        #expect(try await session.token().secret == "renewed")
        stage.isRefused.withLock { $0 = true }
        stage.time.withLock { $0 += .seconds(2000) }
        #expect(try await session.token().secret == "login2")
        #expect(stage.renewals.withLock { $0 } == 2)
    }

    @Test func onlyTheCurrentTokenIsForgotten() async throws {
        let stage = Stage()
        let session = stage.session()
        let first = try await session.token()
        await session.invalidate(first)
        let second = try await session.token()
        await session.invalidate(first)
        #expect(try await session.token() == second)
        #expect(stage.logins.withLock { $0 } == 2)
    }

    /// A sandbox stops in the middle of a run, and a tunnel to the bank takes its port. Or a tunnel stops, and a
    /// sandbox takes its port.
    @Test(arguments: [true, false])
    func aTokenOfAnotherKindOfBankIsNotTaken(isSandboxFirst: Bool) async throws {
        let hasChanged = Mutex(false)
        let time = Mutex(ContinuousClock.now)
        let session = TokenSession(
            now: { time.withLock { $0 } },
            logIn: {
                var grant = Stage.grant("login")
                grant.isSandbox = isSandboxFirst != hasChanged.withLock { $0 }
                return .success(grant)
            }, renew: { _ in .failure(.noAnswer(.timeout)) })
        #expect(try await session.grant().isSandbox == isSandboxFirst)
        hasChanged.withLock { $0 = true }
        time.withLock { $0 += .seconds(2000) }
        await #expect(throws: MerchantError.Cause.self) { try await session.token() }
        hasChanged.withLock { $0 = false }
        #expect(try await session.grant().isSandbox == isSandboxFirst, "it is back")
    }

    @Test func aCancelledCallerDoesNotEndTheLogin() async throws {
        let stage = Stage()
        let session = stage.session()
        let caller = Task { try await session.token() }
        caller.cancel()
        #expect(try await session.token().secret == "login1")
        #expect(stage.logins.withLock { $0 } == 1)
    }
}
