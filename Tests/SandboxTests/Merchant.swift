import Foundation
import Sandbox
import Testing

/// A merchant with a token of each user, who calls the bank in process, in the time of `clock`.
struct Merchant: Sendable {
    static let card = "8600069195406311"
    let bank: SandboxBank
    let clock: SettableClock
    private let agent: String
    private let supervisor: String

    enum User {
        case agent, supervisor
    }

    init(_ configure: (inout SandboxConfiguration) throws -> Void = { _ in }) throws {
        let clock = SettableClock()
        var configuration = SandboxConfiguration()
        configuration.now = { clock.now }
        try configure(&configuration)
        let bank = try SandboxBank(configuration: configuration)
        func logIn(_ username: String, _ password: String) throws -> String {
            let body = Data(#"{"username": "\#(username)", "password": "\#(password)"}"#.utf8)
            let reply = bank.take(ArrivedRequest(path: "/api/ext/user/login", body: body))
            let result = try #require(try Answer(reply).json["result"] as? [String: Any])
            return try #require(result["access_token"] as? String)
        }
        self.clock = clock
        self.bank = bank
        agent = try logIn(configuration.username, configuration.password)
        supervisor = try logIn(configuration.supervisorUsername, configuration.supervisorPassword)
    }

    func call(_ path: RecordedRequest.Path, _ body: String, as user: User = .agent) throws -> Answer {
        try Answer(take(path, body, as: user))
    }

    func take(_ path: RecordedRequest.Path, _ body: String, as user: User = .agent) throws -> Reply {
        let route = try #require(path.route)
        let token = user == .agent ? agent : supervisor
        return bank.take(
            ArrivedRequest(
                method: route.method, path: route.path, authorization: "Bearer \(token)", body: Data(body.utf8)))
    }

    // MARK: Cards

    func sendCode(pan: String = card) throws -> Answer {
        try call(.sendCode, #"{"pan": "\#(pan)", "expiry": "0727"}"#)
    }

    func verify(_ id: Int64, _ code: String, as user: User = .agent) throws -> Answer {
        try call(.verifyCode, #"{"id": "\#(id)", "otp": "\#(code)"}"#, as: user)
    }

    /// Returns the last code sent for a verification or bill.
    func code(_ id: Int64) throws -> String {
        try #require(bank.textMessages.last { $0.id == id }).code
    }

    // MARK: Bills

    func check(_ agentTranId: String, _ amount: Int64, pan: String = card, recipient: Int64 = 1001) throws -> Answer {
        try call(
            .check,
            #"{"account": "30", "recipientId": \#(recipient), "amount": \#(amount), "currency": 860, "#
                + #""agentTranId": "\#(agentTranId)", "params": {"pan": "\#(pan)", "exp": "0727"}}"#)
    }

    func pay(_ id: Int64, _ code: String) throws -> Answer {
        try call(.payBill, #"{"billId": \#(id), "type": "PC", "params": {"otp": "\#(code)"}}"#)
    }

    func hold(_ id: Int64, _ code: String) throws -> Answer {
        try call(.hold, #"{"billId": \#(id), "type": "PC", "params": {"otp": "\#(code)"}}"#)
    }

    func confirm(_ id: Int64) throws -> Answer { try call(.confirm, #"{"billId": \#(id)}"#) }

    func add(_ id: Int64, _ amount: Int64, pan: String = card) throws -> Answer {
        try call(
            .addToHold,
            #"{"billId": \#(id), "type": "UZCARD", "amount": \#(amount), "params": {"pan": "\#(pan)", "exp": "0727"}}"#)
    }

    func cancel(_ id: Int64, as user: User = .supervisor) throws -> Answer {
        try call(.cancel, #"{"billId": \#(id)}"#, as: user)
    }

    func reverse(_ id: Int64) throws -> Answer { try call(.reverse, #"{"billId": \#(id)}"#) }

    func reversePart(_ id: Int64, _ amount: Int64) throws -> Answer {
        try call(.reversePart, #"{"billId": \#(id), "reverseAmount": \#(amount)}"#)
    }

    func status(_ id: Int64) throws -> Answer { try call(.status, #"{"billId": \#(id)}"#) }

    /// Creates a bill and returns its id.
    func bill(_ amount: Int64) throws -> Int64 {
        try #require(try check("order-\(bank.bills.count + 1)", amount).json["id"] as? Int64)
    }

    func held(_ amount: Int64, then step: ((Int64) throws -> Answer)? = nil) throws -> Int64 {
        let id = try bill(amount)
        #expect(try hold(id, try code(id)).word == "SUCCESS")
        if let step { #expect(try step(id).status == 200) }
        return id
    }

    func paid(_ amount: Int64, then step: ((Int64) throws -> Answer)? = nil) throws -> Int64 {
        let id = try bill(amount)
        #expect(try pay(id, try code(id)).word == "SUCCESS")
        if let step { #expect(try step(id).status == 200) }
        return id
    }

    func money(_ id: Int64) throws -> BillMoney {
        try #require(bank.bills.first { $0.id == id }).money
    }
}

/// A parsed reply of the bank.
struct Answer {
    let status: Int
    let body: Data

    init(_ reply: Reply) throws {
        status = reply.status
        body = reply.body
    }

    var json: [String: Any] {
        get throws { try #require(try JSONSerialization.jsonObject(with: body) as? [String: Any]) }
    }

    /// The status of a bill, or the code of an error. An error under `result` of a 200 is written as `200 code`.
    var word: String? {
        get throws {
            let json = try json
            if let result = json["result"] as? [String: Any] {
                return "\(status) \(result["detail"] as? String ?? "?")"
            }
            if let detail = json["detail"] as? String { return "\(status) \(detail)" }
            return json["status"] as? String
        }
    }

    var data: [String: Any]? {
        get throws { try json["data"] as? [String: Any] }
    }

    var amount: Int64? {
        get throws { try json["amount"] as? Int64 }
    }
}
