import Foundation
import Sandbox
import Testing

@Suite struct PayTests {
    @Test func answersInTheShapeOfTheDocument() async throws {
        try await withSandbox { customer in
            let answer = try #require(try await customer.pay(1_668_782_814, amount: 100))
            #expect(answer.status == 200)
            #expect(answer.headers["content-type"] == "application/json")
            let debit = try #require(customer.bank.debits.first)
            let extId = String(debit.bmId + 72_754_465)
            #expect(
                answer.text == #"{"amount":100,"currency":860,"agentTranId":"1668782814","authorized":false,"#
                    + #""promo":null,"success":true,"statusCode":0,"statusMessage":"SUCCESS","sender":{"name":"#
                    + #""{\"account\":\"20208000900123456001\",\"mfo\":\"01183\",\"name\":\"viplati\"}","amount":100,"#
                    + #""commissionAmount":0,"commission":0.4,"currency":860,"data":{"ACCOUNT":"#
                    + #""20208000900123456001","EXT_ID":"\#(extId)"}},"recipient":{"name":"#
                    + #""{\"pan\":\"8600069195406311\",\"exp\":\"1229\"}","amount":100,"commissionAmount":0,"#
                    + #""commission":0.0,"currency":860,"data":{"ACCOUNT":"860006******6311","EXT_ID":"#
                    + #""\#(debit.bmId)"}},"bmId":\#(debit.bmId)}"#)
            #expect(debit.pan == Customer.plainPan)
            #expect(debit.maskedCard == "860006******6311")
            #expect(debit.amountTiyin == 100)
        }
    }

    @Test func spellsTheReceiptAsTheSampleDoesWhenAsked() async throws {
        try await withSandbox {
            $0.receiptField = .bmlId
        } serving: { customer in
            let json = try #require(try await customer.pay(1)).json
            #expect(json["bmlId"] as? Int64 == customer.bank.debits[0].bmId)
            #expect(json["bmId"] == nil)
        }
    }

    @Test func statusTellsWhatWasPaid() async throws {
        try await withSandbox { customer in
            _ = try await customer.pay(77, amount: 900)
            let debit = customer.bank.debits[0]
            for question in [#"{"agentTranId":"77"}"#, #"{"agentTranId":77}"#, #"{"billId":\#(debit.bmId)}"#] {
                let json = try #require(try await customer.post(Customer.statusPath, question)).json
                #expect(json["id"] as? Int64 == debit.bmId)
                #expect(json["amount"] as? Int64 == 900)
                #expect(json["success"] as? Bool == true)
                #expect(json["status"] as? String == "SUCCESS")
                #expect(json["extId"] is String)
                #expect(json["agentTranId"] == nil)
            }
        }
    }

    @Test(arguments: [BankError.objectNotFound, .billNotFound])
    func statusOfAnUnknownIDIsAnError(_ error: BankError) async throws {
        try await withSandbox {
            $0.unknownPayment = error
        } serving: { customer in
            let answer = try #require(try await customer.status(of: 5))
            #expect(answer.status == error.httpStatus)
            #expect(try answer.detail == error.rawValue)
        }
    }

    @Test func anErrorHasTheShapeOfTheDocument() async throws {
        try await withSandbox { customer in
            let answer = try #require(try await customer.status(of: 5))
            #expect(
                answer.text == #"{"langs":{"uz":"Ob'ekt topilmadi","en":"Object not found","ru":"Объект не найден"},"#
                    + #""status":404,"detail":"object_not_found","title":"Объект не найден"}"#)
        }
    }

    @Test(arguments: [
        (#""agentTranId": 9"#, #""agentTranId": "9""#, "invalid_request"),
        (#""agentTranId": 9, "#, "", "invalid_request"),
        (#""type": "ACCOUNT""#, #""type": "CARD""#, "invalid_request"),
        (#""type": "PAN""#, #""type": "ACCOUNT""#, "invalid_request"),
        (#""currency": 860, "params": {"account""#, #""currency": 840, "params": {"account""#, "invalid_request"),
        (#""mfo": "01183""#, #""mfo": 1183"#, "invalid_request"),
        (#""amount": 12500"#, #""amount": "12500""#, "invalid_request"),
        (#""amount": 12500"#, #""amount": 12.5"#, "invalid_request"),
        (#""amount": 12500"#, #""amount": "#, "parse_error"),
        (#""agentTranId": 9"#, #""agentTranId": 0"#, "invalid_params"),
        (#""amount": 12500"#, #""amount": 0"#, "invalid_params"),
        (#""amount": 12500"#, #""amount": -1"#, "invalid_params"),
        ("20208000900123456001", "2020800090012345600", "invalid_params"),
        ("01183", "1183", "invalid_params"),
        ("viplati", "", "invalid_params"),
        ("8600069195406311", "860006919540631", "invalid_params"),
        ("8600069195406311", "86000691954063１1", "invalid_params"),
        ("1229", "2912", "invalid_params"),
        ("1229", "129", "invalid_params"),
        ("8600069195406311", "8600069195406312", "card_not_found"),
    ])
    func refusesAnOrderThatIsNotAsDocumented(_ written: String, _ changed: String, _ detail: String) async throws {
        try await withSandbox { customer in
            let order = Customer.order(9)
            #expect(order.contains(written))
            let body = order.replacingOccurrences(of: written, with: changed)
            let answer = try #require(try await customer.post(Customer.payPath, body))
            #expect(answer.status == 400)
            #expect(try answer.detail == detail)
            #expect(customer.bank.debits.isEmpty)
        }
    }

    @Test func refusesABodyThatIsNotDeclaredAsJSON() async throws {
        try await withSandbox { customer in
            let answer = try #require(
                try await customer.client.send(
                    "POST", Customer.payPath, headers: ["Authorization": "Bearer \(customer.token)"],
                    body: Customer.order(1)))
            #expect(try answer.detail == "invalid_request")
        }
    }

    @Test func refusesABodyOverOneMegabyte() async throws {
        try await withSandbox { customer in
            let padding = String(repeating: " ", count: 1 << 20)
            let answer = try #require(try await customer.post(Customer.payPath, Customer.order(1) + padding))
            #expect(answer.status == 413)
            #expect(customer.bank.debits.isEmpty)
        }
    }

    @Test func stopsPayingWhenTheAccountIsEmpty() async throws {
        try await withSandbox {
            $0.startingBalanceTiyin = 100
        } serving: { customer in
            #expect(try await customer.pay(1, amount: 60)?.status == 200)
            let refused = try #require(try await customer.pay(2, amount: 41))
            #expect(refused.status == 400)
            #expect(try refused.detail == "insufficient_funds_on_deposit")
            #expect(try await customer.status(of: 2)?.detail == "object_not_found")
            // The id of an order that was refused for lack of money stays free.
            #expect(try await customer.pay(2, amount: 40)?.status == 200)
            #expect(customer.bank.debits.map(\.amountTiyin) == [60, 40])
        }
    }

    @Test func answersAnUnknownPathInTheShapeOfTheBank() async throws {
        try await withSandbox { customer in
            let answer = try #require(try await customer.post("/services/bmms/api/agent/cancel/v4", "{}"))
            #expect(answer.status == 404)
            #expect(try answer.detail == "not_found")
        }
    }
}
