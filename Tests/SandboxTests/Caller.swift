import Foundation
import Sandbox
import Testing

/// A client that calls the bank in process and carries out its replies in the time of `clock`, as a simulator does.
struct Caller: Sendable {
    let bank: SandboxBank
    let clock: SettableClock
    private(set) var token = ""
    private(set) var refreshToken = ""

    /// Creates a bank and logs in before its faults begin, unless they are faults of the login.
    init(_ configure: (inout SandboxConfiguration) throws -> Void) async throws {
        let clock = SettableClock()
        var configuration = SandboxConfiguration()
        configuration.now = { clock.now }
        try configure(&configuration)
        self.clock = clock
        bank = try SandboxBank(configuration: configuration)
        let isRefused = configuration.faults.shares.contains { $0.fault == .loginRefused }
        if !isRefused { try await logIn() }
    }

    mutating func logIn() async throws {
        try keep(try await post("/api/ext/user/login", #"{"username": "agent", "password": "s3cret-Pa$$"}"#))
    }

    @discardableResult
    mutating func refresh() async throws -> Int? {
        let answer = try await post("/api/ext/user/refresh-token", #"{"refreshToken": "\#(refreshToken)"}"#)
        if answer?.status == 200 { try keep(answer) }
        return answer?.status
    }

    private mutating func keep(_ answer: WireAnswer?) throws {
        let result = try #require(try answer?.json["result"] as? [String: Any])
        token = try #require(result["access_token"] as? String)
        refreshToken = try #require(result["refresh_token"] as? String)
    }

    func pay(_ id: Int64, pan: String = Customer.plainPan, amount: Int64 = 12_500) async throws -> WireAnswer? {
        try await post(Customer.payPath, Customer.order(id, pan: pan, amount: amount))
    }

    func status(of id: Int64) async throws -> WireAnswer? {
        try await post(Customer.statusPath, #"{"agentTranId": "\#(id)"}"#)
    }

    func post(_ path: String, _ body: String) async throws -> WireAnswer? {
        try await carryOut(take(path, body))
    }

    func take(_ path: String, _ body: String) -> Reply {
        bank.take(ArrivedRequest(path: path, authorization: "Bearer \(token)", body: Data(body.utf8)))
    }

    func carryOut(_ reply: Reply) async throws -> WireAnswer? {
        pass(reply.delay)
        let body = reply.body
        switch reply.delivery {
        case .whole: return WireAnswer(reply, body)
        case .cut(let length): return WireAnswer(reply, body.prefix(length))
        case .trickled(let interval):
            pass(interval * body.count)
            return WireAnswer(reply, body)
        case .closed, .reset, .refused: return nil
        case .swapped(let swap): return try await carryOut(swap.answer { pass($0) })
        }
    }

    private func pass(_ duration: Duration) {
        clock.advance(duration / .seconds(1))
    }
}

extension WireAnswer {
    fileprivate init(_ reply: Reply, _ body: Data) {
        var headers = Dictionary(uniqueKeysWithValues: reply.headers.map { ($0.name.lowercased(), $0.value) })
        headers["content-length"] = String(reply.body.count)
        self.init(status: reply.status, headers: headers, body: body)
    }
}
