import Foundation
import Sandbox
import Testing

@Suite struct TokenTests {
    private func refresh(_ customer: Customer, _ token: String) async throws -> WireAnswer {
        try #require(
            try await customer.client.send(
                "POST", "/api/ext/user/refresh-token", headers: ["Content-Type": "application/json"],
                body: #"{"refreshToken": "\#(token)"}"#))
    }

    private func logIn(_ customer: Customer) async throws -> [String: Any] {
        let answer = try #require(try await customer.client.logIn(username: "agent", password: "s3cret-Pa$$"))
        return try #require(try answer.json["result"] as? [String: Any])
    }

    @Test func loginAnswersAsDocumented() async throws {
        try await withSandbox { customer in
            let answer = try #require(
                try await customer.client.logIn(username: "agent", password: "s3cret-Pa$$"))
            #expect(answer.status == 200)
            #expect(try answer.json["statusCode"] as? Int == 0)
            #expect(try answer.json["statusMessage"] as? String == "OK")
            let result = try #require(try answer.json["result"] as? [String: Any])
            #expect(result["token_type"] as? String == "bearer")
            #expect(result["expires_in"] as? Int == 86398)
            #expect(result["scope"] as? String == "openid")
            #expect(result["access_token"] as? String != customer.token)
        }
    }

    @Test(arguments: [("agent", "wrong"), ("other", "s3cret-Pa$$"), ("", "")])
    func wrongCredentialsAreA401(_ username: String, _ password: String) async throws {
        try await withSandbox { customer in
            let answer = try #require(try await customer.client.logIn(username: username, password: password))
            #expect(answer.status == 401)
            #expect(try answer.detail == "bad_credentials")
        }
    }

    @Test func aRefreshTokenServesOnce() async throws {
        try await withSandbox { customer in
            let old = try #require(try await logIn(customer)["refresh_token"] as? String)
            let answer = try await refresh(customer, old)
            #expect(answer.status == 200)
            let result = try #require(try answer.json["result"] as? [String: Any])
            let new = try #require(result["refresh_token"] as? String)
            let access = try #require(result["access_token"] as? String)
            let refused = try await refresh(customer, old)
            #expect(refused.status == 401)
            #expect(try refused.detail == "bad_credentials")
            #expect(try await refresh(customer, new).status == 200)
            let renewed = Customer(bank: customer.bank, client: customer.client, token: access)
            #expect(try await renewed.pay(1)?.status == 200)
        }
    }

    @Test(arguments: [Customer.payPath, Customer.statusPath])
    func noTokenOrAnUnknownOneIsA401(_ path: String) async throws {
        try await withSandbox { customer in
            let none = try #require(
                try await customer.client.send(
                    "POST", path, headers: ["Content-Type": "application/json"], body: Customer.order(1)))
            #expect(none.status == 401)
            #expect(try none.detail == "bad_credentials")
            let stranger = Customer(bank: customer.bank, client: customer.client, token: "made-up")
            #expect(try await stranger.post(path, Customer.order(1))?.status == 401)
            #expect(customer.bank.debits.isEmpty)
        }
    }

    @Test func aTokenEndsWithItsLifetime() async throws {
        let clock = SettableClock()
        try await withSandbox {
            $0.tokenLifetimeSeconds = 60
            $0.now = { clock.now }
        } serving: { customer in
            clock.advance(59)
            let paid = try await customer.pay(1)
            #expect(paid?.status == 200)
            clock.advance(1)
            #expect(try await customer.pay(2)?.detail == "bad_credentials")
            #expect(customer.bank.debits.count == 1)
        }
    }

    @Test func tokensFollowFromTheSeed() async throws {
        func token(seed: UInt64) async throws -> String {
            var token = ""
            try await withSandbox {
                $0.seed = seed
            } serving: {
                token = $0.token
            }
            return token
        }
        let first = try await token(seed: 3)
        #expect(try await token(seed: 3) == first)
        #expect(try await token(seed: 4) != first)
    }
}
