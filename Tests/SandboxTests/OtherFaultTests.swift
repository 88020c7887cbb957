import Foundation
import Sandbox
import Testing

/// The faults of payments on the methods of cards and bills.
@Suite struct OtherFaultTests {
    /// For each fault, whether the check creates a bill, and a sign of its answer. Written independently of the
    /// sandbox. `nil` means in half of the cases.
    static let expectations: [(Fault, isDone: Bool?, sign: String)] = [
        (.connectionRefused, false, "none"), (.closedUnread, false, "none"), (.resetOnReuse, false, "none"),
        (.closeBeforeDebit, false, "none"), (.closeAfterDebit, true, "none"), (.http500, nil, "500"),
        (.http502, nil, "502"), (.http503, false, "503"), (.http504, nil, "504"), (.tooManyRequests, false, "429"),
        (.errorBeforeDebit, false, "500"), (.errorAfterDebit, true, "500"), (.unauthorized, false, "401"),
        (.tokenExpired, false, "401"), (.slow, true, "slow"), (.byteByByte, true, "trickled"), (.cutBody, true, "cut"),
        (.emptyBody, true, "empty"), (.notJSON, true, "text"), (.longBody, true, "long"),
        (.numbersAsStrings, true, "strings"), (.stringsAsNumbers, true, "numbers"),
    ]

    private func sign(_ reply: Reply) throws -> String {
        switch reply.delivery {
        case .closed, .reset, .refused: return "none"
        case .cut: return "cut"
        case .trickled: return "trickled"
        case .whole, .swapped: break
        }
        if reply.status != 200 { return String(reply.status) }
        if reply.body.isEmpty { return "empty" }
        if reply.body.count > 1 << 20 { return "long" }
        if !reply.body.starts(with: Data("{".utf8)) { return "text" }
        let json = try Answer(reply).json
        if json["amount"] is String { return "strings" }
        if !(json["sessionId"] is String) { return "numbers" }
        return reply.delay > .zero ? "slow" : "whole"
    }

    @Test(arguments: expectations)
    func meetsACheck(_ fault: Fault, isDone: Bool?, sign expected: String) throws {
        var done: Set<Bool> = []
        for seed in UInt64(1)...12 {
            let merchant = try Merchant {
                $0.seed = seed
                $0.longBodyBytes = 2 << 20
                $0.faults = try FaultPlan(parsing: "\(fault.rawValue)=1")
            }
            let reply = try merchant.take(
                .check,
                #"{"account": "30", "recipientId": 1001, "amount": 1000, "currency": 860, "agentTranId": "a", "#
                    + #""params": {"pan": "8600069195406311", "exp": "0727"}}"#)
            #expect(try sign(reply) == expected)
            #expect(merchant.bank.firedFaults == [fault: 1])
            done.insert(merchant.bank.bills.count == 1)
            // No more faults from here on.
            merchant.bank.recover()
            merchant.clock.advance(10)
            guard fault != .tokenExpired else { continue }
            #expect(try merchant.check("b", 1000).word == "CHECK_OK")
        }
        #expect(done == (isDone.map { [$0] } ?? [true, false]))
    }

    @Test(arguments: Fault.allCases.filter { fault in !expectations.contains { $0.0 == fault } })
    func everyOtherFaultPassesThemBy(_ fault: Fault) throws {
        let merchant = try Merchant {
            $0.faults = try FaultPlan(parsing: fault == .loginRefused ? "" : "\(fault.rawValue)=1")
        }
        let id = try merchant.held(1000)
        #expect(try merchant.confirm(id).word == "SUCCESS")
        if fault.request == .pay { #expect(merchant.bank.firedFaults.isEmpty) }
    }
}
