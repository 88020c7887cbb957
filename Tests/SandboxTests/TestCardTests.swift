import Fixtures
import Foundation
import Sandbox
import Testing

/// The expected result of a test card. Written independently on purpose: it is not derived from the sandbox's table.
struct CardExpectation: Sendable, CustomTestStringConvertible {
    let number: Int
    /// The HTTP status and `detail`; `nil` if the connection closes without an answer.
    let answer: String?
    let debits: Int
    let status: String

    init(_ number: Int, _ answer: String?, debits: Int, _ status: String) {
        self.number = number
        self.answer = answer
        self.debits = debits
        self.status = status
    }

    var testDescription: String { "card \(number)" }

    static let all = [
        CardExpectation(1, "400 card_not_found", debits: 0, "FAILED"),
        CardExpectation(2, "400 card_not_active", debits: 0, "FAILED"),
        CardExpectation(3, "400 card_not_valid", debits: 0, "FAILED"),
        CardExpectation(4, "400 bank_not_supported", debits: 0, "FAILED"),
        CardExpectation(5, "400 limit_exceeded", debits: 0, "FAILED"),
        CardExpectation(6, "400 insufficient_funds_on_deposit", debits: 0, "object_not_found"),
        CardExpectation(11, "200", debits: 1, "SUCCESS"),
        CardExpectation(12, nil, debits: 1, "SUCCESS"),
        CardExpectation(13, nil, debits: 1, "SUCCESS"),
        CardExpectation(14, nil, debits: 0, "object_not_found"),
        CardExpectation(15, "200", debits: 1, "SUCCESS"),
        CardExpectation(21, "500 debit_error", debits: 0, "FAILED"),
        CardExpectation(22, "500 debit_error", debits: 1, "SUCCESS"),
        CardExpectation(23, "500 billing_error_need_reverse", debits: 1, "DEBITED"),
        CardExpectation(24, "502", debits: 0, "object_not_found"),
        CardExpectation(25, "200", debits: 0, "FAILED"),
        CardExpectation(31, "429", debits: 0, "object_not_found"),
        CardExpectation(32, "401 bad_credentials", debits: 0, "object_not_found"),
        CardExpectation(33, "307", debits: 0, "object_not_found"),
        CardExpectation(41, "500 timeout", debits: 1, "PAYING"),
        CardExpectation(42, "500 timeout", debits: 0, "PAYING"),
    ]
}

@Suite struct TestCardTests {
    @Test func everyRowIsExpected() {
        #expect(TestCard.all.map(\.number) == CardExpectation.all.map(\.number))
    }

    @Test(arguments: CardExpectation.all)
    func theFirstSendDoesWhatItsRowSays(_ expected: CardExpectation) async throws {
        let card = try #require(TestCard.all.first { $0.number == expected.number })
        try await withSandbox { customer in
            let answer = try await customer.pay(500, pan: card.pan(prefix: "9860"))
            var seen = answer.map { String($0.status) }
            if let answer, answer.headers["content-type"] == "application/json", let detail = try answer.detail {
                seen = "\(answer.status) \(detail)"
            }
            #expect(seen == expected.answer)
            #expect(customer.bank.debits(of: 500).count == expected.debits)
            let status = try #require(try await customer.status(of: 500)).json
            #expect((status["status"] as? String ?? status["detail"] as? String) == expected.status)
        }
    }

    @Test func lateAndHeldAnswersWait() async throws {
        try await withSandbox {
            $0.lateAnswer = .milliseconds(300)
            $0.hold = .milliseconds(300)
        } serving: { customer in
            for number in [11, 13] {
                let pan = try #require(TestCard.all.first { $0.number == number }).pan()
                let clock = ContinuousClock()
                let start = clock.now
                _ = try await customer.pay(Int64(number), pan: pan)
                #expect(clock.now - start >= .milliseconds(300))
            }
        }
    }

    @Test(arguments: [(31, 429), (32, 401)])
    func theSecondSendIsPaid(_ number: Int, _ first: Int) async throws {
        let pan = try #require(TestCard.all.first { $0.number == number }).pan()
        try await withSandbox { customer in
            let refused = try #require(try await customer.pay(1, pan: pan))
            #expect(refused.status == first)
            #expect(refused.headers["retry-after"] == (first == 429 ? "1" : nil))
            #expect(try await customer.pay(1, pan: pan)?.status == 200)
            #expect(customer.bank.debits(of: 1).count == 1)
        }
    }

    @Test func payingEndsAfterThreeAskings() async throws {
        let pan = try #require(TestCard.all.first { $0.number == 41 }).pan()
        try await withSandbox { customer in
            _ = try await customer.pay(1, pan: pan)
            var seen: [String] = []
            for _ in 0..<5 { seen.append(try #require(try await customer.status(of: 1)?.json["status"] as? String)) }
            #expect(seen == ["PAYING", "PAYING", "PAYING", "SUCCESS", "SUCCESS"])
        }
    }

    @Test func payingForeverDoesNotEnd() async throws {
        let pan = try #require(TestCard.all.first { $0.number == 42 }).pan()
        try await withSandbox { customer in
            _ = try await customer.pay(1, pan: pan)
            for _ in 0..<6 { #expect(try await customer.status(of: 1)?.json["status"] as? String == "PAYING") }
        }
    }

    @Test func theWrongAmountIsInTheAnswerOnly() async throws {
        let pan = try #require(TestCard.all.first { $0.number == 15 }).pan()
        try await withSandbox { customer in
            let answer = try await customer.pay(1, pan: pan, amount: 700)
            #expect(try answer?.json["amount"] as? Int64 == 701)
            #expect(try await customer.status(of: 1)?.json["amount"] as? Int64 == 700)
            #expect(customer.bank.debits[0].amountTiyin == 700)
        }
    }

    @Test func anErrorUnderResultHasTheBanksShape() async throws {
        let pan = try #require(TestCard.all.first { $0.number == 25 }).pan()
        try await withSandbox { customer in
            let json = try #require(try await customer.pay(1, pan: pan)).json
            let result = try #require(json["result"] as? [String: Any])
            #expect(result["detail"] as? String == "card_not_found")
            #expect(json["success"] == nil)
        }
    }

    @Test func whoFollowsTheRedirectPays() async throws {
        let pan = try #require(TestCard.all.first { $0.number == 33 }).pan()
        try await withSandbox { customer in
            let answer = try #require(try await customer.pay(1, pan: pan))
            let path = try #require(answer.headers["location"])
            #expect(path != Customer.payPath)
            #expect(customer.bank.debits.isEmpty)
            #expect(try await customer.post(path, Customer.order(1, pan: pan))?.status == 200)
            #expect(customer.bank.debits(of: 1).count == 1)
        }
    }

    @Test func otherCardsAreNotTestCards() {
        for pan in ["8600069195406311", "8600495473316478", "8600060921090842", "8600000000000000", "8600000000009999"]
        {
            #expect(TestCard(pan: pan) == nil)
        }
        #expect(TestCard(pan: "8600000000000014")?.number == 1)
    }

    @Test func theDocumentHasTheSameTable() throws {
        let page = Checkout.file("docs/sandbox.md")
        let rows = try String(contentsOf: page, encoding: .utf8).split(separator: "\n")
            .filter { $0.hasPrefix("| `8600") }.map(String.init)
        let expected = TestCard.all.map { card in
            let pan = card.pan()
            let groups = stride(from: 0, to: 16, by: 4).map { pan.dropFirst($0).prefix(4) }.joined(separator: " ")
            return "| `\(groups)` | \(card.answer) | \(card.debited ? "yes" : "no") | \(card.status) |"
        }
        #expect(rows == expected)
    }
}
