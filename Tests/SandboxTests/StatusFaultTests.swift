import Foundation
import Sandbox
import Testing

/// False answers of /agent/status, over HTTP and in process.
@Suite struct StatusFaultTests {
    private func withFault(
        _ fault: Fault,
        _ body: (_ bank: SandboxBank, _ clock: SettableClock, _ ask: (Int64) async throws -> WireAnswer?)
            async throws -> Void
    ) async throws {
        let clock = SettableClock()
        try await withSandbox {
            $0.faults = try FaultPlan(parsing: "\(fault.rawValue)=1")
            $0.durations[.statusHang] = .milliseconds(60)
            $0.now = { clock.now }
        } serving: { customer async throws in
            #expect(try await customer.pay(1)?.status == 200)
            try await body(customer.bank, clock) { try await customer.status(of: $0) }
        }
        let caller = try await Caller { $0.faults = try FaultPlan(parsing: "\(fault.rawValue)=1") }
        #expect(try await caller.pay(1)?.status == 200)
        try await body(caller.bank, caller.clock) { try await caller.status(of: $0) }
    }

    @Test func anError() async throws {
        try await withFault(.statusError) { bank, _, ask async throws in
            var codes: Set<String> = []
            for _ in 0..<12 {
                let answer = try #require(try await ask(1))
                #expect(answer.status == 500)
                codes.insert(try #require(try answer.detail))
            }
            #expect(codes.count > 2)
            #expect(bank.firedFaults == [.statusError: 12])
        }
    }

    @Test func aHang() async throws {
        try await withFault(.statusHang) { bank, _, ask async throws in
            #expect(try await ask(1) == nil)
            #expect(bank.firedFaults == [.statusHang: 1])
        }
        let caller = try await Caller { $0.faults = try FaultPlan(parsing: "status-hang=1") }
        #expect(caller.take(Customer.statusPath, #"{"agentTranId": 1}"#).delay == .seconds(120))
    }

    @Test func notFoundForAWhile() async throws {
        try await withFault(.statusNotFound) { bank, clock, ask async throws in
            #expect(try await ask(1)?.word == "object_not_found")
            clock.advance(29)
            #expect(try await ask(1)?.word == "object_not_found")
            clock.advance(1)
            for _ in 0..<3 { #expect(try await ask(1)?.word == "SUCCESS") }
            #expect(bank.firedFaults == [.statusNotFound: 1])
        }
    }

    @Test func payingTenTimes() async throws {
        try await withFault(.statusPaying) { _, _, ask async throws in
            for _ in 0..<10 { #expect(try await ask(1)?.word == "PAYING") }
            for _ in 0..<3 { #expect(try await ask(1)?.word == "SUCCESS") }
        }
    }

    @Test func aStatusThatFlaps() async throws {
        try await withFault(.statusFlaps) { _, _, ask async throws in
            var words: [String?] = []
            for _ in 0..<10 { words.append(try await ask(1)?.word) }
            #expect(
                words == [
                    "NEW", "object_not_found", "PAYING", "UNKNOWN", "object_not_found", "CHECKING", "NEW", "POSTPONED",
                    "SUCCESS", "SUCCESS",
                ])
        }
    }

    @Test func aPaymentThatDoesNotExistIsNotVeiled() async throws {
        for fault in [Fault.statusNotFound, .statusPaying, .statusFlaps] {
            try await withFault(fault) { bank, _, ask async throws in
                #expect(try await ask(9)?.word == "object_not_found")
                #expect(bank.firedFaults.isEmpty)
            }
        }
    }
}
