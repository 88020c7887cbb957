import Foundation
import Sandbox
import Testing

@Suite struct OutageTests {
    @Test func thePortRefusesForAWhileAndListensAgain() async throws {
        try await withSandbox {
            $0.faults = try FaultPlan(parsing: "connection-refused=1")
            $0.durations[.connectionRefused] = .milliseconds(400)
        } serving: { customer async throws in
            func health() async throws -> Bool {
                try await answers { try await customer.client.send("GET", "/sandbox/health") }
            }
            for id in Int64(1)...2 {
                #expect(try await customer.pay(id) == nil)
                var isRefused = false
                while try await health() { await Task.yield() }
                while try await !health() { isRefused = true }
                #expect(isRefused)
            }
            #expect(customer.bank.debits.isEmpty)
            #expect(customer.bank.firedFaults == [.connectionRefused: 2])
        }
    }

    @Test func requestsInAnOutageDoNotMakeItLonger() async throws {
        try await withSandbox {
            $0.faults = try FaultPlan(parsing: "connection-refused=1")
            $0.durations[.connectionRefused] = .milliseconds(200)
        } serving: { customer async throws in
            try await withThrowingTaskGroup { group in
                for id in Int64(1)...12 { group.addTask { try await answers { try await customer.pay(id) } } }
                for try await isAnswered in group { #expect(!isAnswered) }
            }
            func health() async throws -> Bool {
                try await answers { try await customer.client.send("GET", "/sandbox/health") }
            }
            while try await health() { await Task.yield() }
            while try await !health() { await Task.yield() }
            for _ in 0..<40 { #expect(try await health()) }
            #expect(customer.bank.firedFaults == [.connectionRefused: 1])
        }
    }

    /// Whether a request is answered; it may also be refused.
    private func answers(_ request: () async throws -> WireAnswer?) async throws -> Bool {
        do {
            return try await request() != nil
        } catch WireError.connect(let code) {
            #expect(code == ECONNREFUSED)
            return false
        }
    }

    @Test func inProcessEveryRequestIsRefusedMeanwhile() async throws {
        let caller = try await Caller { $0.faults = try FaultPlan(parsing: "connection-refused=1") }
        func refusal(_ path: String, _ body: String) -> Duration? {
            guard case .refused(let left) = caller.take(path, body).delivery else { return nil }
            return left
        }
        let before = caller.bank.requests.count
        #expect(refusal(Customer.payPath, Customer.order(1)) == .seconds(3))
        caller.clock.advance(1)
        #expect(refusal(Customer.payPath, Customer.order(2)) == .seconds(2))
        #expect(refusal(Customer.statusPath, #"{"agentTranId": 1}"#) == .seconds(2))
        #expect(refusal("/api/ext/user/login", "{}") == .seconds(2))
        caller.clock.advance(2)
        #expect(refusal(Customer.statusPath, #"{"agentTranId": 1}"#) == nil)
        #expect(caller.bank.firedFaults == [.connectionRefused: 1])
        // What nobody listened to never reached the bank; only the send that was drawn is on record.
        #expect(caller.bank.requests.count == before + 2)
    }
}
