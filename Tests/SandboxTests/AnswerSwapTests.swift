import Foundation
import Sandbox
import Testing

@Suite struct AnswerSwapTests {
    @Test func twoPaymentsGetEachOthersAnswerOverHTTP() async throws {
        try await withSandbox {
            $0.faults = try FaultPlan(parsing: "swapped-answers=1")
            $0.durations[.swappedAnswers] = .seconds(10)
        } serving: { customer async throws in
            async let first = customer.pay(1)
            async let second = customer.pay(2)
            let answers = try await [first, second]
            #expect(try answers.map { try $0?.json["agentTranId"] as? String } == ["2", "1"])
            #expect(customer.bank.debits.map(\.agentTranId).sorted() == [1, 2])
            #expect(customer.bank.firedFaults == [.swappedAnswers: 1])
        }
    }

    @Test func twoPaymentsGetEachOthersAnswerInProcess() async throws {
        let caller = try await Caller { $0.faults = try FaultPlan(parsing: "swapped-answers=1") }
        let first = caller.take(Customer.payPath, Customer.order(1))
        caller.clock.advance(1)
        let second = try await caller.post(Customer.payPath, Customer.order(2))
        #expect(try second?.json["agentTranId"] as? String == "1")
        let start = caller.clock.now
        #expect(try await caller.carryOut(first)?.json["agentTranId"] as? String == "2")
        #expect(caller.clock.now == start, "the other's answer is there already")
    }

    @Test func whoFindsNoPartnerGetsItsOwnAnswerAtTheLimit() async throws {
        let caller = try await Caller { $0.faults = try FaultPlan(parsing: "swapped-answers=1") }
        let start = caller.clock.now
        #expect(try await caller.pay(1)?.json["agentTranId"] as? String == "1")
        #expect(abs(caller.clock.now.timeIntervalSince(start) - 2) < 0.01)
        #expect(caller.bank.firedFaults.isEmpty)
        // The first request no longer waits, so the next one cannot get its answer.
        #expect(try await caller.pay(2)?.json["agentTranId"] as? String == "2")
    }

    @Test func aPaymentThatWaitedTooLongSwapsNoAnswer() async throws {
        let caller = try await Caller { $0.faults = try FaultPlan(parsing: "swapped-answers=1") }
        _ = caller.take(Customer.payPath, Customer.order(1))
        caller.clock.advance(2)
        #expect(try await caller.pay(2)?.json["agentTranId"] as? String == "2")
    }
}
