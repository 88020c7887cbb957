import Fixtures
import Foundation
import Synchronization
import Testing

@testable import Sandbox

@Suite struct OutageTests {
    /// Listens for a bank that starts an outage at every payment. An outage lasts until the gate is opened.
    private func withPort(_ body: (Customer, ListeningPort, Gate, SettableClock) async throws -> Void) async throws {
        let clock = SettableClock()
        let gate = Gate()
        var configuration = SandboxConfiguration()
        configuration.faults = try FaultPlan(parsing: "connection-refused=1")
        configuration.now = { clock.now }
        let bank = try SandboxBank(configuration: configuration)
        let port = ListeningPort { try await gate.pass($0) }
        let (numbers, found) = AsyncStream<Int>.makeStream()
        let serving = Task {
            defer { found.finish() }
            try await port.serve(bank, port: 0) { found.yield($0) }
        }
        let number = try #require(await numbers.first { _ in true })
        let customer = Customer(bank: bank, client: WireClient(port: number), token: "not looked at")
        do {
            try await body(customer, port, gate, clock)
        } catch {
            serving.cancel()
            throw error
        }
        serving.cancel()
        do {
            try await ending("the port to close") { try await serving.value }
        } catch is CancellationError {
            // A stop may end this way.
        }
    }

    private func isAnswered(_ client: WireClient) async throws -> Bool {
        do {
            return try await client.send("GET", "/sandbox/health") != nil
        } catch WireError.connect(let code) {
            #expect(code == ECONNREFUSED)
            return false
        }
    }

    @Test func thePortRefusesForAWhileAndListensAgain() async throws {
        try await withPort { customer, _, gate, clock async throws in
            for id in Int64(1)...3 {
                #expect(try await customer.pay(id) == nil)
                try await wait(for: "the port to refuse") { try await !isAnswered(customer.client) }
                for _ in 0..<3 { #expect(try await !isAnswered(customer.client)) }
                clock.advance(3)
                gate.open()
                try await wait(for: "the port to listen again") { try await isAnswered(customer.client) }
                #expect(gate.durations == Array(repeating: .seconds(3), count: Int(id)))
            }
            #expect(customer.bank.debits.isEmpty)
            #expect(customer.bank.firedFaults == [.connectionRefused: 3])
        }
    }

    @Test func requestsInAnOutageDoNotMakeItLonger() async throws {
        try await withPort { customer, port, gate, _ async throws in
            for _ in 0..<12 { port.refuse(for: .seconds(3)) }
            try await wait(for: "the port to refuse") { try await !isAnswered(customer.client) }
            gate.open()
            try await wait(for: "the port to listen again") { try await isAnswered(customer.client) }
            for _ in 0..<40 { #expect(try await isAnswered(customer.client)) }
            #expect(gate.durations == [.seconds(3)])
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
        // Refused connections never reach the bank. It recorded only the send that started the outage.
        #expect(caller.bank.requests.count == before + 2)
    }
}

/// A sleep that ends when a test opens the gate.
private final class Gate: Sendable {
    private let asked = Mutex<[Duration]>([])
    private let openings: AsyncStream<Void>
    private let opening: AsyncStream<Void>.Continuation

    init() {
        (openings, opening) = AsyncStream.makeStream()
    }

    /// The requested duration of each sleep.
    var durations: [Duration] { asked.withLock { $0 } }

    func pass(_ duration: Duration) async throws {
        asked.withLock { $0.append(duration) }
        _ = await openings.first { _ in true }
        try Task.checkCancellation()
    }

    func open() {
        opening.yield()
    }
}
