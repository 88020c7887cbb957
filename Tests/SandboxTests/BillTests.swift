import Foundation
import Sandbox
import Testing

@Suite struct BillTests {
    @Test func aCheckMakesABillInTheShapeOfTheDocument() throws {
        let merchant = try Merchant()
        let answer = try merchant.check("order-17", 1000)
        #expect(
            String(decoding: answer.body, as: UTF8.self) == #"{"id":935191,"recipientShortName":"SANDBOX_SHOP","#
                + #""sessionId":"1800000000000","amount":1000,"account":"30","currency":860,"#
                + #""extId":"sandbox_935191","requestTime":"2027-01-15T08:00:00.000Z","#
                + #""responseTime":"2027-01-15T08:00:00.000Z","responseText":"OK","success":true,"#
                + #""status":"CHECK_OK","data":{"dummy":"1","ccy":"860","rate":"100","phone":"+9***057","#
                + #""recipientAmount":"1000.00","leftSeconds":"120"},"gatewayName":null}"#)
        #expect(merchant.bank.textMessages.map(\.purpose) == [.bill])
        #expect(try merchant.money(935_191) == BillMoney())
    }

    @Test func aBillIsPaidWithItsCode() throws {
        let merchant = try Merchant()
        let id = try merchant.bill(1000)
        let answer = try merchant.pay(id, try merchant.code(id))
        #expect(try answer.word == "SUCCESS")
        #expect(try answer.amount == 1000)
        #expect(try answer.data?["recipientAmount"] as? String == "1000.00")
        #expect(try merchant.money(id) == BillMoney(paidTiyin: 1000))
        #expect(try merchant.status(id).word == "SUCCESS")
    }

    @Test func aHoldIsConfirmed() throws {
        let merchant = try Merchant()
        let id = try merchant.held(1000)
        #expect(try merchant.money(id) == BillMoney(heldTiyin: 1000))
        #expect(try merchant.status(id).word == "HOLD_SUCCESS")
        #expect(try merchant.add(id, 200).amount == 200)
        #expect(try merchant.reversePart(id, 50).amount == 1150)
        let confirmed = try merchant.confirm(id)
        #expect(try confirmed.word == "SUCCESS")
        #expect(try confirmed.amount == 1150)
        #expect(try merchant.money(id) == BillMoney(paidTiyin: 1150, returnedTiyin: 50))
        #expect(try merchant.status(id).amount == 1150)
    }

    @Test func additionsTogetherAreAtMostThirtyPercentOfTheFirstHold() throws {
        let merchant = try Merchant()
        let id = try merchant.held(1009)
        #expect(try merchant.add(id, 303).word == "400 limit_exceeded")
        #expect(try merchant.add(id, 200).word == "HOLD_SUCCESS")
        #expect(try merchant.add(id, 103).word == "400 limit_exceeded")
        #expect(try merchant.add(id, 102).word == "HOLD_SUCCESS")
        // A return does not raise the limit for additions.
        #expect(try merchant.reversePart(id, 500).word == "HOLD_SUCCESS")
        #expect(try merchant.add(id, 1).word == "400 limit_exceeded")
        #expect(try merchant.money(id) == BillMoney(heldTiyin: 811, returnedTiyin: 500))
    }

    @Test func anAdditionNamesTheCardOfTheHold() throws {
        let merchant = try Merchant()
        let id = try merchant.held(1000)
        #expect(try merchant.add(id, 1, pan: "8600495473316478").word == "400 invalid_params")
        #expect(try merchant.money(id) == BillMoney(heldTiyin: 1000))
    }

    @Test func aPartOfAHoldLeavesSomething() throws {
        let merchant = try Merchant()
        let id = try merchant.held(1000)
        #expect(try merchant.reversePart(id, 1001).word == "400 limit_exceeded")
        #expect(try merchant.reversePart(id, 1000).word == "400 limit_exceeded")
        #expect(try merchant.reversePart(id, 0).word == "400 invalid_params")
        #expect(try merchant.reversePart(id, -1).word == "400 invalid_params")
        let answer = try merchant.reversePart(id, 999)
        #expect(try answer.word == "HOLD_SUCCESS")
        #expect(try answer.amount == 1)
    }

    @Test func aReversedHoldIsBackOnTheCard() throws {
        let merchant = try Merchant()
        let id = try merchant.held(1000)
        _ = try merchant.reversePart(id, 100)
        let answer = try merchant.reverse(id)
        #expect(try answer.word == "CANCELLED")
        #expect(try answer.amount == 900)
        #expect(try merchant.money(id) == BillMoney(returnedTiyin: 1000))
        #expect(try merchant.status(id).word == "CANCELLED")
    }

    @Test func aPaymentIsCancelledByWhoHasTheRole() throws {
        let merchant = try Merchant()
        let ids = [try merchant.paid(700), try merchant.held(1000)]
        _ = try merchant.reversePart(ids[1], 100)
        _ = try merchant.confirm(ids[1])
        for (id, amount) in zip(ids, [Int64(700), 900]) {
            #expect(try merchant.cancel(id, as: .agent).word == "403 object_locked")
            #expect(try merchant.status(id).word == "SUCCESS")
            let answer = try merchant.cancel(id)
            #expect(try answer.word == "CANCELLED")
            #expect(try answer.amount == amount)
        }
        #expect(try merchant.money(ids[0]) == BillMoney(returnedTiyin: 700))
        #expect(try merchant.money(ids[1]) == BillMoney(returnedTiyin: 1000))
    }

    /// The allowed steps in each state, written independently of the sandbox. All other steps must be refused.
    @Test func everyStepOutOfOrderIsRefusedAndMovesNothing() throws {
        let merchant = try Merchant()
        let states: [(name: String, allowed: Set<String>, make: () throws -> Int64)] = [
            ("checked", ["pay", "hold"], { try merchant.bill(1000) }),
            ("paid", ["cancel"], { try merchant.paid(1000) }),
            ("held", ["confirm", "add", "reverse", "reversePart"], { try merchant.held(1000) }),
            ("confirmed", ["cancel"], { try merchant.held(1000, then: merchant.confirm) }),
            ("reversed", [], { try merchant.held(1000, then: merchant.reverse) }),
            ("cancelled", [], { try merchant.paid(1000, then: { try merchant.cancel($0) }) }),
        ]
        let steps: [(name: String, isInResult: Bool, take: (Int64) throws -> Answer)] = [
            ("pay", true, { try merchant.pay($0, try merchant.code($0)) }),
            ("hold", true, { try merchant.hold($0, try merchant.code($0)) }),
            ("confirm", false, { try merchant.confirm($0) }), ("add", false, { try merchant.add($0, 10) }),
            ("cancel", false, { try merchant.cancel($0) }), ("reverse", false, { try merchant.reverse($0) }),
            ("reversePart", false, { try merchant.reversePart($0, 10) }),
        ]
        for state in states {
            for step in steps {
                let id = try state.make()
                let before = try merchant.money(id)
                let word = try step.take(id).word
                if state.allowed.contains(step.name) {
                    #expect(["SUCCESS", "HOLD_SUCCESS", "CANCELLED"].contains(word), "\(step.name) of \(state.name)")
                } else {
                    let refusal = step.isInResult ? "200 bill_not_valid" : "400 bill_not_valid"
                    #expect(word == refusal, "\(step.name) of \(state.name)")
                    #expect(try merchant.money(id) == before)
                }
            }
        }
    }

    @Test func anUnknownBillIsNotFoundInTheShapeOfEachMethod() throws {
        let merchant = try Merchant()
        let paying = try merchant.pay(-1, "445566")
        #expect(paying.status == 200)
        #expect(try paying.json["id"] as? Int64 == -1)
        #expect(try paying.word == "200 bill_not_found")
        #expect(try merchant.hold(777, "225588").word == "200 bill_not_found")
        #expect(try merchant.confirm(777).word == "400 bill_not_found")
        #expect(try merchant.add(777, 1).word == "400 bill_not_found")
        #expect(try merchant.cancel(777).word == "400 bill_not_found")
        #expect(try merchant.reverse(777).word == "400 bill_not_found")
        #expect(try merchant.reversePart(777, 1).word == "400 bill_not_found")
        #expect(try merchant.status(777).word == "404 object_not_found")
    }

    @Test func aBillThatRanOutIsNotValid() throws {
        let merchant = try Merchant()
        let id = try merchant.bill(1000)
        merchant.clock.advance(119)
        #expect(try merchant.pay(id, "").word == "200 code_expired_sms_sent")
        merchant.clock.advance(1)
        #expect(try merchant.pay(id, try merchant.code(id)).word == "200 bill_not_valid")
        #expect(try merchant.status(id).word == "EXPIRED")
        #expect(try merchant.status(id).json["success"] as? Bool == false)
    }

    @Test func aHoldOutlivesItsBill() throws {
        let merchant = try Merchant()
        let id = try merchant.held(1000)
        merchant.clock.advance(3600)
        #expect(try merchant.confirm(id).word == "SUCCESS")
        #expect(try merchant.money(id) == BillMoney(paidTiyin: 1000))
    }

    @Test func theThirdWrongCodeEndsABill() throws {
        let merchant = try Merchant()
        let id = try merchant.bill(1000)
        #expect(try merchant.pay(id, "1").word == "200 invalid_code_retry")
        #expect(try merchant.hold(id, "2").word == "200 invalid_code_retry")
        #expect(try merchant.pay(id, "3").word == "200 code_entry_limit_exceeded_restart")
        #expect(try merchant.pay(id, try merchant.code(id)).word == "200 code_entry_limit_exceeded_restart")
        #expect(try merchant.money(id) == BillMoney())
    }

    @Test func aCardPaysWhatItHas() throws {
        let merchant = try Merchant()
        let poor = "8600000000000528"
        func take(_ order: String, _ amount: Int64) throws -> (id: Int64, answer: Answer) {
            let id = try #require(try merchant.check(order, amount, pan: poor).json["id"] as? Int64)
            return (id, try merchant.hold(id, try merchant.code(id)))
        }
        #expect(try take("a", 100_001).answer.word == "200 insufficient_funds")
        let held = try take("b", 80_000)
        #expect(try held.answer.word == "SUCCESS")
        #expect(try merchant.add(held.id, 20_001, pan: poor).word == "400 insufficient_funds")
        #expect(try merchant.add(held.id, 20_000, pan: poor).word == "HOLD_SUCCESS")
        #expect(try take("c", 1).answer.word == "200 insufficient_funds")
        #expect(try merchant.reversePart(held.id, 1).word == "HOLD_SUCCESS")
        #expect(try take("d", 1).answer.word == "SUCCESS")
    }

    @Test(arguments: [
        (#""recipientId": 1001"#, #""recipientId": 1"#, "service_not_found"),
        (#""recipientId": 1001"#, #""recipientId": 1002"#, "service_not_active"),
        (#""recipientId": 1001"#, #""recipientId": "1001""#, "invalid_request"),
        (#""amount": 1000"#, #""amount": "1000""#, "CHECK_OK"),
        (#""amount": 1000"#, #""amount": "+1000""#, "invalid_request"),
        (#""amount": 1000"#, #""amount": 0"#, "invalid_params"),
        (#""amount": 1000"#, #""amount": 10.5"#, "invalid_request"),
        (#""amount": 1000"#, #""amount": 1000000000000001"#, "limit_exceeded"),
        (#""currency": 860"#, #""currency": 840"#, "invalid_request"),
        (#""agentTranId": "a""#, #""agentTranId": 17"#, "CHECK_OK"),
        (#""agentTranId": "a""#, #""agentTranId": """#, "invalid_params"),
        (#""agentTranId": "a", "#, "", "invalid_request"), (#""account": "30""#, #""account": """#, "invalid_params"),
        (#""exp": "0727""#, #""exp": "1327""#, "invalid_params"), (#", "exp": "0727""#, "", "invalid_request"),
        (#""pan": "8600069195406311""#, #""pan": "8600069195406312""#, "card_not_found"),
        (#""pan": "8600069195406311""#, #""pan": "8600000000000510""#, "sms_info_is_off"), ("}}", "}", "parse_error"),
    ])
    func aCheckIsReadFieldByField(_ written: String, _ changed: String, _ word: String) throws {
        let body =
            #"{"account": "30", "recipientId": 1001, "amount": 1000, "currency": 860, "agentTranId": "a", "#
            + #""params": {"pan": "8600069195406311", "exp": "0727"}}"#
        #expect(body.contains(written))
        let answer = try Merchant().call(.check, body.replacingOccurrences(of: written, with: changed))
        #expect(try answer.word == (word == "CHECK_OK" ? word : "400 \(word)"))
    }

    @Test(arguments: [
        (RecordedRequest.Path.payBill, #"{"billId": 1, "type": "PC", "otp": "1"}"#),
        (.payBill, #"{"billId": "1", "type": "PC", "params": {"otp": "1"}}"#),
        (.hold, #"{"billId": 1, "params": {"otp": "1"}}"#),
        (.confirm, "{}"), (.confirm, #"{"billId": null}"#), (.cancel, "[]"), (.reverse, #"{"billId": 1.5}"#),
        (.addToHold, #"{"billId": 1, "type": "UZCARD", "amount": 5}"#), (.reversePart, #"{"billId": 1}"#),
        (.verifyCode, #"{"id": "x", "otp": "1"}"#), (.verifyCode, #"{"id": 1, "otp": 123321}"#),
        (.status, #"{"billId": null}"#),
    ])
    func aRequestOfAnotherShapeIsInvalid(_ path: RecordedRequest.Path, _ body: String) throws {
        let merchant = try Merchant()
        #expect(try merchant.call(path, body, as: .supervisor).word == "400 invalid_request")
        #expect(try merchant.call(path, body + "]", as: .supervisor).word == "400 parse_error")
    }

    @Test(arguments: RepeatRule.allCases)
    func aRepeatedCheckIsTakenAsPayoutsAre(_ rule: RepeatRule) throws {
        let merchant = try Merchant { $0.repeats = rule }
        let first = try merchant.bill(1000)
        let again = try merchant.check("order-1", 1000)
        let other = try merchant.check("order-1", 1001)
        switch rule {
        case .reject: #expect(try again.word == "400 invalid_params")
        case .replay:
            #expect(try again.json["id"] as? Int64 == first)
            merchant.clock.advance(200)
            #expect(try merchant.check("order-1", 1000).data?["leftSeconds"] as? String == "0")
            #expect(try other.word == "400 invalid_params")
        case .doubleDebit: #expect(try again.json["id"] as? Int64 == first + 1)
        }
    }

    @Test func statusKnowsABillByEitherId() throws {
        let merchant = try Merchant()
        let id = try merchant.held(1000)
        for question in [#"{"agentTranId": "order-1"}"#, #"{"billId": \#(id)}"#, #"{"billId": "\#(id)"}"#] {
            let answer = try merchant.call(.status, question)
            #expect(try answer.json["id"] as? Int64 == id)
            #expect(try answer.word == "HOLD_SUCCESS")
            #expect(try answer.json["agentTranId"] == nil)
        }
        #expect(try merchant.call(.status, #"{"agentTranId": "order-2"}"#).word == "404 object_not_found")
    }
}
