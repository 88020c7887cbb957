import Fixtures
import Foundation
import Sandbox
import Testing

@Suite struct ServingTests {
    /// No payment is answered: the sandbox stops at the end of the test.
    @Test func countsHowManyPaymentsAreOpenAtOnce() async throws {
        try await withSandbox {
            $0.latency = .seconds(600)
        } serving: { customer in
            #expect(customer.bank.mostOpenRequests == 0)
            for id in Int64(1)...12 { Task { try await customer.pay(id) } }
            try await wait(for: "twelve open payments") { customer.bank.mostOpenRequests == 12 }
        }
    }

    @Test func paymentsOneAfterTheOtherAreNeverOpenAtOnce() async throws {
        try await withSandbox { customer in
            for id in Int64(1)...3 {
                let answer = try await customer.pay(id)
                #expect(answer?.status == 200)
            }
            #expect(customer.bank.mostOpenRequests == 1)
        }
    }

    @Test func recordsEveryRequestInOrder() async throws {
        try await withSandbox { customer in
            _ = try await customer.pay(1)
            _ = try await customer.pay(2, pan: try #require(TestCard.all.first { $0.number == 12 }).pan())
            _ = try await customer.status(of: 2)
            _ = try await customer.post(Customer.payPath, "{")
            #expect(
                customer.bank.requests == [
                    RecordedRequest(path: .login, agentTranId: nil, outcome: "OK"),
                    RecordedRequest(path: .pay, agentTranId: 1, outcome: "paid"),
                    RecordedRequest(path: .pay, agentTranId: 2, outcome: "paid, closed"),
                    RecordedRequest(path: .status, agentTranId: 2, outcome: "SUCCESS"),
                    RecordedRequest(path: .pay, agentTranId: nil, outcome: "parse_error"),
                ])
        }
    }

    @Test func tellsItsBooksOverHTTP() async throws {
        try await withSandbox {
            $0.now = { Date(timeIntervalSince1970: 1_800_000_000) }
        } serving: { customer in
            _ = try await customer.pay(1, amount: 70)
            _ = try await customer.status(of: 1)
            let debit = customer.bank.debits[0]
            #expect(
                try await customer.client.send("GET", "/sandbox/debits")?.text
                    == #"[{"agentTranId":1,"amount":70,"account":"20208000900123456001","card":"860006******6311","#
                    + #""bmId":\#(debit.bmId),"at":"2027-01-15T08:00:00.000Z","reversedAt":null}]"#)
            #expect(
                try await customer.client.send("GET", "/sandbox/requests")?.text
                    == #"{"pay":1,"status":1,"login":1,"refresh":0,"mostOpen":1}"#)
            #expect(try await customer.client.send("GET", "/sandbox/health")?.text == #"{"status":"UP"}"#)
        }
    }

    @Test func everyAnswerSaysThatItIsASandboxs() async throws {
        try await withSandbox {
            $0.faults = try FaultPlan(parsing: "http-503=0.5,redirect=0.5")
        } serving: { customer in
            var answers: [WireAnswer?] = []
            for id in Int64(1)...20 { answers.append(try await customer.pay(id)) }
            answers.append(try await customer.post(Customer.payPath, "{"))
            answers.append(try await customer.status(of: 99))
            answers.append(try await customer.client.send("POST", "/api/ext/user/login"))
            for path in ["/sandbox/health", "/sandbox/debits", "/nowhere", Customer.payPath] {
                answers.append(try await customer.client.send("GET", path))
            }
            let statuses = Set(answers.compactMap { $0?.status })
            #expect(statuses.isSuperset(of: [200, 307, 400, 404, 405, 503]), "\(statuses)")
            #expect(answers.allSatisfy { $0?.headers["x-payout-sandbox"] == "1" })
        }
    }

    @Test func keepsAConnectionOpenForTheNextRequest() async throws {
        try await withSandbox { customer in
            func request(_ id: Int64, connection: String) -> String {
                let body = Customer.order(id)
                return "POST \(Customer.payPath) HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                    + "Authorization: Bearer \(customer.token)\r\nConnection: \(connection)\r\n"
                    + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
            }
            let bytes = try await customer.client.exchange(
                request(1, connection: "keep-alive") + request(2, connection: "close"))
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(text.components(separatedBy: "HTTP/1.1 200 OK").count == 3)
            #expect(customer.bank.debits.map(\.agentTranId) == [1, 2])
        }
    }

    @Test func aStopLeavesRequestsInFlightWithoutAnAnswer() async throws {
        var configuration = SandboxConfiguration()
        configuration.latency = .seconds(30)
        let bank = try SandboxBank(configuration: configuration)
        let running = try await bank.start(port: 0)
        #expect(running.baseURL.absoluteString == "http://127.0.0.1:\(running.port)")
        let client = WireClient(port: running.port)
        let login = try #require(try await client.logIn(username: "agent", password: "s3cret-Pa$$"))
        let result = try #require(try login.json["result"] as? [String: Any])
        let token = try #require(result["access_token"] as? String)
        let customer = Customer(bank: bank, client: client, token: token)
        async let answer = customer.pay(1)
        try await wait(for: "the debit") { !bank.debits.isEmpty }
        try await running.stop()
        #expect(try await answer == nil)
        try await ending("the sandbox to stop") { try await running.wait() }
        let before = bank.requests.count
        do {
            _ = try await client.logIn(username: "agent", password: "s3cret-Pa$$")
        } catch WireError.connect(_) {
            // Nobody listens, unless another test got the port in the meantime.
        }
        #expect(bank.requests.count == before)
    }

    @Test func aTakenPortIsAnError() async throws {
        try await withSandbox { customer in
            let other = try SandboxBank()
            await #expect(throws: (any Error).self) { try await other.start(port: customer.client.port) }
        }
    }
}
