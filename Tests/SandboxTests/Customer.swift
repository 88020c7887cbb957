import Foundation
import Sandbox
import Testing

/// A company with a token.
struct Customer: Sendable {
    let bank: SandboxBank
    let client: WireClient
    let token: String

    static let payPath = "/services/bmms/api/ext/agent/pay"
    static let statusPath = "/services/bmms/api/agent/status"
    static let plainPan = "8600069195406311"

    func pay(_ id: Int64, pan: String = plainPan, amount: Int64 = 12_500) async throws -> WireAnswer? {
        try await post(Self.payPath, Self.order(id, pan: pan, amount: amount))
    }

    func status(of id: Int64) async throws -> WireAnswer? {
        try await post(Self.statusPath, #"{"agentTranId": "\#(id)"}"#)
    }

    func post(_ path: String, _ body: String) async throws -> WireAnswer? {
        try await client.send(
            "POST", path, headers: ["Content-Type": "application/json", "Authorization": "Bearer \(token)"], body: body)
    }

    static func order(_ id: Int64, pan: String = plainPan, amount: Int64 = 12_500) -> String {
        #"{"agentTranId": \#(id), "from": {"type": "ACCOUNT", "currency": 860, "params": {"account": "#
            + #""20208000900123456001", "mfo": "01183", "name": "viplati"}}, "to": {"type": "PAN", "currency": 860, "#
            + #""params": {"pan": "\#(pan)", "exp": "1229"}}, "amount": \#(amount)}"#
    }
}

/// Serves a sandbox while `body` runs, with a client that is logged in.
func withSandbox(
    _ configure: (inout SandboxConfiguration) throws -> Void,
    serving body: (Customer) async throws -> Void
) async throws {
    var configuration = SandboxConfiguration()
    configuration.lateAnswer = .milliseconds(60)
    configuration.durations[.slow] = .milliseconds(60)
    configuration.hold = .milliseconds(60)
    try configure(&configuration)
    let bank = try SandboxBank(configuration: configuration)
    let running = try await bank.start(port: 0)
    do {
        let client = WireClient(port: running.port)
        let login = try #require(
            try await client.logIn(username: configuration.username, password: configuration.password))
        let result = try #require(try login.json["result"] as? [String: Any])
        let token = try #require(result["access_token"] as? String)
        try await body(Customer(bank: bank, client: client, token: token))
    } catch {
        try await running.stop()
        throw error
    }
    try await running.stop()
}

func withSandbox(_ body: (Customer) async throws -> Void) async throws {
    try await withSandbox { _ in
        // Uses the default configuration.
    } serving: {
        try await body($0)
    }
}

extension WireClient {
    func logIn(username: String, password: String) async throws -> WireAnswer? {
        try await send(
            "POST", "/api/ext/user/login", headers: ["Content-Type": "application/json"],
            body: #"{"username": "\#(username)", "password": "\#(password)"}"#)
    }
}
