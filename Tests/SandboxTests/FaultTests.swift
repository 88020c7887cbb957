import Foundation
import Sandbox
import Testing

/// Triggers every fault of a payment over HTTP and in process. Both must have the same effect.
@Suite struct FaultTests {
    static let faultsOfPayments = Fault.allCases.filter { $0.request == .pay }

    private static func configure(_ configuration: inout SandboxConfiguration, _ fault: Fault) throws {
        configuration.faults = try FaultPlan(parsing: "\(fault.rawValue)=1")
        configuration.longBodyBytes = 2 << 20
        configuration.durations[.byteByByte] = .microseconds(10)
        configuration.durations[.slow] = .milliseconds(60)
        configuration.durations[.swappedAnswers] = .milliseconds(60)
        // Longer than the test: other tests cover later actions.
        configuration.durations[.lateDebit] = .seconds(3600)
        configuration.durations[.reversedLater] = .seconds(3600)
        configuration.durations[.connectionRefused] = .milliseconds(20)
    }

    private func withFault(_ fault: Fault, _ body: (Customer) async throws -> Void) async throws {
        try await withSandbox {
            try Self.configure(&$0, fault)
        } serving: {
            try await body($0)
        }
    }

    @Test(arguments: faultsOfPayments)
    func isMetOverHTTP(_ fault: Fault) async throws {
        try await withFault(fault) { customer async throws in
            if fault.needsEarlierSend { #expect(try await customer.pay(1)?.status == 200) }
            let answer = try await customer.pay(1)
            // The connection is new, so it cannot be reset on reuse.
            try check(fault == .resetOnReuse ? nil : fault, answer, customer.bank)
        }
    }

    @Test(arguments: faultsOfPayments)
    func isMetInProcess(_ fault: Fault) async throws {
        let caller = try await Caller { try Self.configure(&$0, fault) }
        if fault.needsEarlierSend { #expect(try await caller.pay(1)?.status == 200) }
        try check(fault, try await caller.pay(1), caller.bank)
    }

    /// - Parameter answer: the answer to the send of 1 for 12500 tiyin that the fault hit.
    private func check(_ fault: Fault?, _ answer: WireAnswer?, _ bank: SandboxBank) throws {
        let debits = bank.debits(of: 1).count
        let text = answer?.text ?? ""
        let error = try? answer?.detail
        if let fault, fault != .lateDebit, fault != .reversedLater, fault != .swappedAnswers {
            #expect(bank.firedFaults == [fault: 1])
        }
        switch fault {
        case .connectionRefused, .closedUnread, .resetOnReuse, .closeBeforeDebit, .lateDebit:
            #expect(answer == nil && debits == 0)
        case .closeAfterDebit:
            #expect(answer == nil && debits == 1)
        case .slow, .byteByByte, .reversedLater, .swappedAnswers, .bmlID, nil:
            #expect(answer?.status == 200 && debits == 1)
            #expect(text.hasSuffix(#""\#(fault == .bmlID ? "bmlId" : "bmId")":\#(bank.debits[0].bmId)}"#))
        case .http500:
            #expect(answer?.status == 500 && text.contains("timestamp") && error == nil)
        case .http502, .http504:
            #expect(answer?.status == (fault == .http502 ? 502 : 504) && text.hasPrefix("<html>"))
        case .http503:
            #expect(answer?.status == 503 && text.hasPrefix("<html>") && debits == 0)
            #expect(answer?.headers["content-type"] == "text/html")
        case .tooManyRequests, .tooManyRequestsRepeat:
            #expect(answer?.status == 429 && answer?.headers["retry-after"] == "1")
            #expect(debits == (fault == .tooManyRequests ? 0 : 1))
        case .redirect:
            #expect(answer?.status == 307 && answer?.headers["location"] != Customer.payPath && debits == 0)
        case .errorBeforeDebit:
            #expect(answer?.status == 500 && error != nil && debits == 0)
        case .errorAfterDebit:
            #expect(answer?.status == 500 && error != nil && debits == 1)
        case .errorInResult:
            let result = try answer?.json["result"] as? [String: Any]
            #expect(answer?.status == 200)
            #expect((result?["detail"] as? String == "card_not_found") == (debits == 0))
            #expect((result?["status"] as? Int == 500) == (debits == 1))
        case .unauthorized, .unauthorizedRepeat, .tokenExpired:
            #expect(answer?.status == 401 && error == "bad_credentials")
            #expect(debits == (fault == .unauthorizedRepeat ? 1 : 0))
        case .refusedRepeat:
            #expect(answer?.status == 400 && error != nil && debits == 1)
        case .cutBody:
            let promised = try #require(answer?.headers["content-length"].flatMap { Int($0) })
            #expect(answer?.status == 200 && answer?.body.count == promised / 2 && debits == 1)
        case .emptyBody:
            #expect(answer?.status == 200 && answer?.body.isEmpty == true && debits == 1)
        case .notJSON:
            #expect(answer?.status == 200 && answer?.headers["content-type"] == "application/json" && debits == 1)
            #expect(throws: (any Error).self) { try answer?.json }
        case .longBody:
            #expect(answer?.status == 200 && answer?.body.count == 2 << 20 && debits == 1)
            #expect(try answer?.json["success"] as? Bool == true)
        case .wrongID:
            #expect(try answer?.json["agentTranId"] as? String == "2" && debits == 1)
        case .wrongAmount:
            #expect(try answer?.json["amount"] as? Int64 == 12_501 && bank.debits[0].amountTiyin == 12_500)
        case .wrongStatusCode:
            #expect(text.contains(#""success":true,"statusCode":1,"#) && debits == 1)
        case .numbersAsStrings:
            #expect(text.contains(#""amount":"12500","#) && text.contains(#""statusCode":"0""#) && debits == 1)
            #expect(text.contains(#""success":true"#) && text.contains(#""commission":"0.4""#))
        case .stringsAsNumbers:
            #expect(text.contains(#""agentTranId":1,"#) && text.contains(#""ACCOUNT":20208000900123456001,"#))
            #expect(text.contains(#""ACCOUNT":"860006******6311""#) && debits == 1)
        case .statusError, .statusHang, .statusNotFound, .statusPaying, .statusFlaps, .loginRefused, .refreshRefused:
            Issue.record("not a fault of a payment")
        }
    }

    @Test(arguments: [Fault.http500, .http502, .http504, .errorInResult])
    func comesBeforeTheDebitAndAfterIt(_ fault: Fault) async throws {
        let caller = try await Caller { try Self.configure(&$0, fault) }
        for id in Int64(1)...40 { _ = try await caller.pay(id) }
        #expect(Set(caller.bank.debits.map(\.agentTranId)).count == caller.bank.debits.count)
        #expect((8...32).contains(caller.bank.debits.count))
        #expect(caller.bank.firedFaults == [fault: 40])
    }

    @Test(arguments: [(Fault.errorBeforeDebit, "FAILED"), (.errorAfterDebit, "SUCCESS")])
    func everyServerErrorOfTheCatalogueComes(_ fault: Fault, _ word: String) async throws {
        let caller = try await Caller { try Self.configure(&$0, fault) }
        var codes: Set<String> = []
        for id in Int64(1)...200 {
            let json = try #require(try await caller.pay(id)).json
            codes.insert(try #require(json["detail"] as? String))
            #expect(try await caller.status(of: id)?.word == word)
        }
        #expect(
            codes.sorted() == [
                "billing_error", "billing_error_need_reverse", "billing_error_reversed", "billing_error_will_reverse",
                "debit_error", "internal_error", "not_implemented", "timeout", "unknown_error",
            ])
    }

    @Test func aFaultOfARepeatPassesByAnIDSentOnce() async throws {
        for fault in [Fault.refusedRepeat, .unauthorizedRepeat, .tooManyRequestsRepeat] {
            let caller = try await Caller { try Self.configure(&$0, fault) }
            for id in Int64(1)...5 { #expect(try await caller.pay(id)?.status == 200) }
            #expect(caller.bank.firedFaults.isEmpty)
        }
    }

    @Test func aFaultAfterTheDebitDoesNotAffectARefusal() async throws {
        for fault in [Fault.closeAfterDebit, .errorAfterDebit, .wrongAmount, .reversedLater] {
            let caller = try await Caller {
                try Self.configure(&$0, fault)
                $0.startingBalanceTiyin = 0
            }
            #expect(try await caller.pay(1)?.detail == "insufficient_funds_on_deposit")
            #expect(caller.bank.firedFaults.isEmpty)
        }
    }

    @Test func whoFollowsTheRedirectPays() async throws {
        try await withFault(.redirect) { customer async throws in
            let path = try #require(try await customer.pay(1)?.headers["location"])
            #expect(try await customer.post(path, Customer.order(1))?.status == 200)
            #expect(customer.bank.debits(of: 1).count == 1)
        }
    }

    @Test func slowPaysAtOnceAndAnswersLate() async throws {
        try await withSandbox {
            $0.faults = try FaultPlan(parsing: "slow=1")
            $0.durations[.slow] = .milliseconds(300)
        } serving: { customer async throws in
            let clock = ContinuousClock()
            let start = clock.now
            #expect(try await customer.pay(1)?.status == 200)
            #expect(clock.now - start >= .milliseconds(300))
        }
        let caller = try await Caller { $0.faults = try FaultPlan(parsing: "slow=1") }
        let reply = caller.take(Customer.payPath, Customer.order(1))
        #expect(reply.delay == .seconds(5))
        #expect(caller.bank.debits(of: 1).count == 1)
    }

    @Test func aLongBodyIsTenMegabytesUnlessSaidOtherwise() async throws {
        let caller = try await Caller { $0.faults = try FaultPlan(parsing: "long-body=1") }
        #expect(caller.take(Customer.payPath, Customer.order(1)).body.count == 10 << 20)
    }

    @Test func aByteComesAtATime() async throws {
        try await withSandbox {
            $0.faults = try FaultPlan(parsing: "byte-by-byte=1")
            $0.durations[.byteByByte] = .milliseconds(1)
        } serving: { customer async throws in
            let clock = ContinuousClock()
            let start = clock.now
            let answer = try #require(try await customer.pay(1))
            #expect(clock.now - start >= .milliseconds(1) * answer.body.count)
            #expect(try answer.json["success"] as? Bool == true)
        }
    }

    @Test func aReusedConnectionIsFoundDead() async throws {
        try await withFault(.resetOnReuse) { customer async throws in
            func request(_ id: Int64) -> String {
                let body = Customer.order(id)
                return "POST \(Customer.payPath) HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                    + "Authorization: Bearer \(customer.token)\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
            }
            let end = try await customer.client.exchangeToTheEnd(request(1) + request(2))
            #expect(end.wasReset)
            #expect(String(decoding: end.bytes, as: UTF8.self).components(separatedBy: "HTTP/1.1 200 OK").count == 2)
            #expect(customer.bank.debits.map(\.agentTranId) == [1])
            #expect(customer.bank.firedFaults == [.resetOnReuse: 1])
        }
    }

    @Test func aRequestThatIsClosedUnreadNeedsNoToken() async throws {
        let caller = try await Caller { try Self.configure(&$0, .closedUnread) }
        let reply = caller.bank.take(ArrivedRequest(path: Customer.payPath, body: Data(Customer.order(1).utf8)))
        guard case .closed = reply.delivery else {
            Issue.record("answered: \(reply)")
            return
        }
    }

    @Test func aTestCardIsNotHitByFaults() async throws {
        let pan = try #require(TestCard.all.first { $0.number == 1 }).pan()
        try await withFault(.closeBeforeDebit) { customer async throws in
            let answer = try await customer.pay(1, pan: pan)
            #expect(try answer?.detail == "card_not_found")
        }
    }

    @Test func theSameSeedHitsTheSameRequestsInAnyOrder() async throws {
        // Exclude faults that affect other requests too: an outage, an expired token, a swap.
        let others: Set<Fault> = [.connectionRefused, .tokenExpired, .swappedAnswers]
        let plan = Fault.allCases.filter { !others.contains($0) && $0.request != .login && $0.request != .refresh }
            .map { "\($0.rawValue)=\($0.request == .pay ? 0.02 : 0.1)" }.joined(separator: ",")
        func outcomes(_ ids: [Int64]) async throws -> [Int64: [String]] {
            let caller = try await Caller {
                $0.seed = 42
                $0.longBodyBytes = 1 << 10
                $0.faults = try FaultPlan(parsing: plan)
                $0.now = { Date(timeIntervalSince1970: 1_800_000_000) }
            }
            for _ in 0..<3 { for id in ids { _ = try await caller.pay(id) } }
            for _ in 0..<3 { for id in ids { _ = try await caller.status(of: id) } }
            return caller.bank.requests.reduce(into: [:]) { outcomes, request in
                if let id = request.agentTranId { outcomes[id, default: []].append(request.outcome) }
            }
        }
        let forwards = try await outcomes(Array(1...200))
        #expect(try await outcomes((1...200).reversed()) == forwards)
        #expect(Set(forwards.values.joined()).count > 30)
    }
}
