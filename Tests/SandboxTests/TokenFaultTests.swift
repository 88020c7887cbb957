import Foundation
import Sandbox
import Testing

@Suite struct TokenFaultTests {
    @Test func anExpiredTokenIsExpiredForEverything() async throws {
        // Faults hit payments only, and the first one expires every token.
        var caller = try await Caller { $0.faults = try FaultPlan(parsing: "token-expired=1") }
        let bank = caller.bank
        #expect(try await caller.status(of: 1)?.status == 404)
        #expect(try await caller.pay(1)?.status == 401)
        #expect(try await caller.status(of: 1)?.status == 401)
        // A send with an invalid token is not counted as a send, and no fault hits it.
        #expect(try await caller.pay(1)?.status == 401)
        #expect(bank.firedFaults == [.tokenExpired: 1])
        #expect(try await caller.refresh() == 200)
        #expect(try await caller.status(of: 1)?.status == 404)
        try await caller.logIn()
        #expect(try await caller.status(of: 1)?.status == 404)
        #expect(bank.debits.isEmpty)
    }

    @Test func anExpiredTokenOverHTTP() async throws {
        try await withSandbox {
            $0.faults = try FaultPlan(parsing: "token-expired=1")
        } serving: { customer async throws in
            #expect(try await customer.pay(1)?.status == 401)
            #expect(try await customer.status(of: 1)?.status == 401)
            let login = try await customer.client.logIn(username: "agent", password: "s3cret-Pa$$")
            let result = try #require(try login?.json["result"] as? [String: Any])
            let token = try #require(result["access_token"] as? String)
            let renewed = Customer(bank: customer.bank, client: customer.client, token: token)
            #expect(try await renewed.status(of: 1)?.status == 404)
        }
    }

    @Test func loginIsRefusedForAWhile() async throws {
        let clock = SettableClock()
        var configuration = SandboxConfiguration()
        configuration.seed = 5
        configuration.faults = try FaultPlan(parsing: "login-refused=0.5")
        configuration.now = { clock.now }
        let bank = try SandboxBank(configuration: configuration)
        let running = try await bank.start()
        let client = WireClient(port: running.port)
        // With this seed some logins pass. The first refused one starts the time of refusal.
        var status: Int? = 200
        for _ in 1...64 where status == 200 {
            status = try await client.logIn(username: "agent", password: "s3cret-Pa$$")?.status
        }
        #expect(status == 401)
        for _ in 0..<8 {
            clock.advance(3.7)
            let answer = try #require(try await client.logIn(username: "agent", password: "s3cret-Pa$$"))
            #expect(answer.status == 401)
            #expect(try answer.detail == "bad_credentials")
        }
        #expect(bank.firedFaults == [.loginRefused: 9])
        try await running.stop()
        clock.advance(1)
        var statuses: Set<Int> = []
        let login = Data(#"{"username": "agent", "password": "s3cret-Pa$$"}"#.utf8)
        for _ in 0..<32 {
            statuses.insert(bank.take(ArrivedRequest(path: "/api/ext/user/login", body: login)).status)
            clock.advance(31)
        }
        #expect(statuses == [200, 401])
    }

    @Test func aRefusedRefreshLeavesItsTokenGood() async throws {
        var caller = try await Caller {
            $0.seed = 2
            $0.faults = try FaultPlan(parsing: "refresh-refused=0.5")
        }
        var statuses: [Int?] = []
        for _ in 0..<32 { statuses.append(try await caller.refresh()) }
        #expect(Set(statuses) == [200, 401])
        #expect(caller.bank.firedFaults == [.refreshRefused: statuses.count { $0 == 401 }])
        try await withSandbox {
            $0.faults = try FaultPlan(parsing: "refresh-refused=1")
        } serving: { customer async throws in
            let login = try await customer.client.logIn(username: "agent", password: "s3cret-Pa$$")
            let result = try #require(try login?.json["result"] as? [String: Any])
            let token = try #require(result["refresh_token"] as? String)
            let answer = try await customer.client.send(
                "POST", "/api/ext/user/refresh-token", headers: ["Content-Type": "application/json"],
                body: #"{"refreshToken": "\#(token)"}"#)
            #expect(try answer?.detail == "bad_credentials")
        }
    }
}
