import Foundation
import Sandbox
import Testing

/// The actions of the bank after its answer.
@Suite struct LaterTests {
    @Test func aLateDebitComesAfterTheConnectionClosed() async throws {
        let clock = SettableClock()
        try await withSandbox {
            $0.faults = try FaultPlan(parsing: "late-debit=1")
            $0.now = { clock.now }
        } serving: { customer async throws in
            let sent = clock.now
            #expect(try await customer.pay(1) == nil)
            clock.advance(9.9)
            #expect(customer.bank.debits.isEmpty)
            #expect(try await customer.status(of: 1)?.detail == "object_not_found")
            clock.advance(5)
            #expect(customer.bank.debits(of: 1).map(\.at) == [sent.addingTimeInterval(10)])
            #expect(try await customer.status(of: 1)?.json["status"] as? String == "SUCCESS")
            #expect(customer.bank.firedFaults == [.lateDebit: 1])
        }
    }

    @Test(arguments: [(RepeatRule.reject, 1), (.replay, 1), (.doubleDebit, 2)])
    func aLateOrderMeetsTheRuleForRepeats(_ rule: RepeatRule, _ debits: Int) async throws {
        let caller = try await Caller {
            $0.repeats = rule
            // With this seed the first send of 1 is late, the second is not.
            $0.seed = 3
            $0.faults = try FaultPlan(parsing: "late-debit=0.5")
        }
        let id = try #require(
            (Int64(1)...64).first { id in
                let first = caller.take(Customer.payPath, Customer.order(id))
                let second = caller.take(Customer.payPath, Customer.order(id))
                guard case .closed = first.delivery, case .whole = second.delivery else { return false }
                return true
            })
        #expect(caller.bank.debits(of: id).count == 1)
        caller.clock.advance(60)
        #expect(caller.bank.debits(of: id).count == debits)
    }

    @Test func aLateOrderIsCheckedWhenItIsTakenUp() async throws {
        let caller = try await Caller {
            $0.faults = try FaultPlan(parsing: "late-debit=1")
            $0.startingBalanceTiyin = 100
        }
        _ = try await caller.pay(1, amount: 60)
        _ = try await caller.pay(2, amount: 60)
        _ = try await caller.pay(3, pan: "8600069195406312", amount: 10)
        caller.clock.advance(11)
        #expect(caller.bank.debits.map(\.agentTranId) == [1])
        #expect(try await caller.status(of: 2)?.word == "object_not_found")
        #expect(try await caller.status(of: 3)?.word == "FAILED")
    }

    @Test func scheduledActionsHappenInOrderAtTheNextAccess() async throws {
        let caller = try await Caller { $0.faults = try FaultPlan(parsing: "late-debit=1") }
        for id in [Int64(3), 1, 2] {
            _ = try await caller.pay(id)
            caller.clock.advance(1)
        }
        caller.clock.advance(100)
        #expect(caller.bank.debits.map(\.agentTranId) == [3, 1, 2])
        let moments = caller.bank.debits.map(\.at)
        #expect(moments == moments.sorted() && Set(moments).count == 3)
    }

    @Test func aSuccessIsReversedAndTheDebitStaysInTheList() async throws {
        let clock = SettableClock()
        try await withSandbox {
            $0.faults = try FaultPlan(parsing: "reversed-later=1")
            $0.now = { clock.now }
            $0.startingBalanceTiyin = 100
        } serving: { customer async throws in
            let start = clock.now
            #expect(try await customer.pay(1, amount: 70)?.status == 200)
            clock.advance(59)
            #expect(try await customer.status(of: 1)?.json["status"] as? String == "SUCCESS")
            #expect(customer.bank.debits(of: 1).map(\.reversedAt) == [nil])
            clock.advance(2)
            let json = try #require(try await customer.status(of: 1)).json
            #expect(json["status"] as? String == "REVERSED")
            #expect(json["success"] as? Bool == false)
            #expect(customer.bank.debits(of: 1).map(\.reversedAt) == [start.addingTimeInterval(60)])
            #expect(customer.bank.firedFaults == [.reversedLater: 1])
            // The money is back on the company's account.
            #expect(try await customer.pay(2, amount: 100)?.status == 200)
        }
    }

    @Test func aReversalIsKnownAfterARestart() async throws {
        let journal = FileManager.default.temporaryDirectory
            .appendingPathComponent("sandbox-reversal-\(ProcessInfo.processInfo.processIdentifier).jsonl")
        defer { do { try FileManager.default.removeItem(at: journal) } catch { Issue.record(error) } }
        let caller = try await Caller {
            $0.faults = try FaultPlan(parsing: "reversed-later=1")
            $0.journal = journal
        }
        _ = try await caller.pay(1)
        caller.clock.advance(61)
        let before = caller.bank.debits(of: 1)
        let after = try await Caller { $0.journal = journal }
        #expect(after.bank.debits(of: 1).map(\.reversedAt) == before.map(\.reversedAt))
        #expect(before.first?.reversedAt != nil)
        #expect(try await after.status(of: 1)?.word == "REVERSED")
    }
}
