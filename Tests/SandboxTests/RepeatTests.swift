import Sandbox
import Testing

@Suite struct RepeatTests {
    @Test func rejectDoesNotPayAgain() async throws {
        try await withSandbox {
            $0.repeats = .reject
        } serving: { customer in
            #expect(try await customer.pay(1)?.status == 200)
            let again = try #require(try await customer.pay(1))
            #expect(again.status == 400)
            #expect(try again.detail == "invalid_params")
            #expect(customer.bank.debits(of: 1).count == 1)
            #expect(try await customer.status(of: 1)?.json["status"] as? String == "SUCCESS")
        }
    }

    @Test func replayAnswersTheSameAgain() async throws {
        try await withSandbox {
            $0.repeats = .replay
        } serving: { customer in
            let first = try #require(try await customer.pay(1))
            let again = try #require(try await customer.pay(1))
            #expect(again.status == 200)
            #expect(again.text == first.text)
            #expect(customer.bank.debits(of: 1).count == 1)
        }
    }

    @Test(arguments: [(1, 400, "card_not_found"), (22, 500, "debit_error")])
    func replayRepeatsARefusalToo(_ number: Int, _ status: Int, _ detail: String) async throws {
        let card = try #require(TestCard.all.first { $0.number == number })
        try await withSandbox {
            $0.repeats = .replay
        } serving: { customer in
            for _ in 0..<2 {
                let answer = try #require(try await customer.pay(1, pan: card.pan()))
                #expect(answer.status == status)
                #expect(try answer.detail == detail)
            }
            #expect(customer.bank.debits(of: 1).count == (card.debited ? 1 : 0))
        }
    }

    @Test func doubleDebitPaysAgain() async throws {
        try await withSandbox {
            $0.repeats = .doubleDebit
        } serving: { customer in
            let first = try #require(try await customer.pay(1)).json
            let again = try #require(try await customer.pay(1)).json
            let debits = customer.bank.debits(of: 1)
            #expect(debits.count == 2)
            #expect(debits.map(\.bmId) == [first["bmId"] as? Int64, again["bmId"] as? Int64])
            #expect(debits[0].bmId != debits[1].bmId)
        }
    }
}
