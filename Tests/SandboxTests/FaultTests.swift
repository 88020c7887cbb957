import Foundation
import Sandbox
import Testing

@Suite struct FaultTests {
    private func withFault(_ fault: Fault, _ body: (Customer) async throws -> Void) async throws {
        try await withSandbox {
            $0.faults = try FaultPlan(parsing: "\(fault.rawValue)=1")
        } serving: {
            try await body($0)
        }
    }

    @Test(arguments: [
        (Fault.closeBeforeDebit, 0, "object_not_found"), (.closeAfterDebit, 1, "SUCCESS"),
    ])
    func closesWithoutAnAnswer(_ fault: Fault, _ debits: Int, _ word: String) async throws {
        try await withFault(fault) { customer in
            #expect(try await customer.pay(1) == nil)
            #expect(customer.bank.debits(of: 1).count == debits)
            let status = try #require(try await customer.status(of: 1)).json
            #expect((status["status"] as? String ?? status["detail"] as? String) == word)
        }
    }

    @Test func http500IsOutsideTheCatalogueAndSometimesPaid() async throws {
        try await withFault(.http500) { customer in
            for id in Int64(1)...24 {
                let answer = try #require(try await customer.pay(id))
                #expect(answer.status == 500)
                #expect(try answer.detail == nil)
                #expect(customer.bank.debits(of: id).count <= 1)
            }
            #expect((1...23).contains(customer.bank.debits.count))
        }
    }

    @Test func http503IsAPageOfHTML() async throws {
        try await withFault(.http503) { customer in
            let answer = try #require(try await customer.pay(1))
            #expect(answer.status == 503)
            #expect(answer.headers["content-type"] == "text/html")
            #expect(answer.text.hasPrefix("<html>"))
            #expect(customer.bank.debits.isEmpty)
        }
    }

    @Test func tooManyRequestsNamesItsWait() async throws {
        try await withFault(.tooManyRequests) { customer in
            let answer = try #require(try await customer.pay(1))
            #expect(answer.status == 429)
            #expect(answer.headers["retry-after"] == "1")
            #expect(customer.bank.debits.isEmpty)
        }
    }

    @Test func unauthorizedIsA401ForOneSend() async throws {
        try await withFault(.unauthorized) { customer in
            let answer = try #require(try await customer.pay(1))
            #expect(answer.status == 401)
            #expect(try answer.detail == "bad_credentials")
            #expect(customer.bank.debits.isEmpty)
            // Only the send was hit: the token still serves.
            #expect(try await customer.status(of: 1)?.status == 404)
        }
    }

    @Test func slowPaysAtOnceAndAnswersLate() async throws {
        try await withSandbox {
            $0.faults = try FaultPlan(parsing: "slow=1")
            $0.durations[.slow] = .milliseconds(300)
        } serving: { customer in
            let clock = ContinuousClock()
            let start = clock.now
            let answer = try await customer.pay(1)
            #expect(answer?.status == 200)
            #expect(clock.now - start >= .milliseconds(300))
            #expect(customer.bank.debits(of: 1).count == 1)
        }
    }

    @Test func aCutBodyIsShorterThanItsHeadSays() async throws {
        try await withFault(.cutBody) { customer in
            let answer = try #require(try await customer.pay(1))
            #expect(answer.status == 200)
            let promised = try #require(answer.headers["content-length"].flatMap { Int($0) })
            #expect(answer.body.count == promised / 2)
            #expect(throws: (any Error).self) { try answer.json }
            #expect(customer.bank.debits(of: 1).count == 1)
        }
    }

    @Test func theAnswerContradictsTheOrder() async throws {
        try await withFault(.wrongAmount) { customer in
            let answer = try await customer.pay(1, amount: 50)
            #expect(try answer?.json["amount"] as? Int64 == 51)
            #expect(customer.bank.debits(of: 1).map(\.amountTiyin) == [50])
        }
        try await withFault(.wrongID) { customer in
            let answer = try await customer.pay(10)
            #expect(try answer?.json["agentTranId"] as? String == "11")
            #expect(customer.bank.debits(of: 10).count == 1)
        }
    }

    @Test func numbersComeAsStrings() async throws {
        try await withFault(.numbersAsStrings) { customer in
            let json = try #require(try await customer.pay(1, amount: 50)).json
            #expect(json["amount"] as? String == "50")
            #expect(json["statusCode"] as? String == "0")
            #expect((json["sender"] as? [String: Any])?["commission"] as? String == "0.4")
            #expect(json["success"] as? Bool == true)
        }
    }

    @Test func aTestCardIsNotHitByFaults() async throws {
        let pan = try #require(TestCard.all.first { $0.number == 1 }).pan()
        try await withFault(.closeBeforeDebit) { customer in
            let answer = try await customer.pay(1, pan: pan)
            #expect(try answer?.detail == "card_not_found")
        }
    }

    @Test func theSameSeedHitsTheSameOrdersInAnyOrder() async throws {
        func hit(_ ids: [Int64]) async throws -> Set<Int64> {
            var hit: Set<Int64> = []
            try await withSandbox {
                $0.seed = 42
                $0.faults = try FaultPlan(parsing: "http-503=0.3")
            } serving: { customer in
                for id in ids where try await customer.pay(id)?.status == 503 { hit.insert(id) }
            }
            return hit
        }
        let forwards = try await hit(Array(1...30))
        let backwards = try await hit((1...30).reversed())
        #expect(forwards == backwards)
        #expect((1...29).contains(forwards.count))
    }
}
