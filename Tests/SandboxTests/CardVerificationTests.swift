import Foundation
import Sandbox
import Testing

@Suite struct CardVerificationTests {
    private func begin(_ merchant: Merchant, pan: String = Merchant.card) throws -> Int64 {
        try #require(try merchant.sendCode(pan: pan).data?["id"] as? Int64)
    }

    @Test func aCardIsConfirmedByTheCodeOfItsSMS() throws {
        let merchant = try Merchant()
        let sent = try merchant.sendCode()
        #expect(
            String(decoding: sent.body, as: UTF8.self)
                == #"{"success":true,"exception":null,"data":{"id":1907947016,"phoneMask":"99890*****57"}}"#)
        let message = try #require(merchant.bank.textMessages.first)
        #expect(message.id == 1_907_947_016 && message.purpose == .verification)
        #expect(message.phone.hasPrefix("99890") && message.phone.hasSuffix("57") && message.phone.count == 12)
        #expect(message.code.count == 6 && message.code.allSatisfy(\.isNumber))

        let verified = try merchant.verify(1_907_947_016, message.code).json
        #expect(verified["success"] as? Bool == true)
        #expect(UUID(uuidString: try #require(verified["data"] as? String)) != nil)
        let cards = try merchant.call(.userCards, "").body
        #expect(
            String(decoding: cards, as: UTF8.self)
                == #"{"success":true,"exception":null,"data":[{"bankName":"AnorBank","#
                + #""cardType":"UZCARD","cardHolderName":"Sandbox Holder","pan":"860006*****6311","expiry":"0727"}]}"#)
    }

    @Test func aCardBelongsToTheUserWhoConfirmedIt() throws {
        let merchant = try Merchant()
        let id = try begin(merchant)
        #expect(try merchant.verify(id, try merchant.code(id), as: .supervisor).word == "404 object_not_found")
        #expect(try merchant.verify(id, try merchant.code(id)).status == 200)
        #expect(try merchant.sendCode().word == "400 card_already_exists")
        #expect(try (merchant.call(.userCards, "", as: .supervisor).json["data"] as? [Any])?.isEmpty == true)
    }

    @Test func theThirdWrongCodeEndsAVerification() throws {
        let merchant = try Merchant()
        let id = try begin(merchant)
        #expect(try merchant.verify(id, "000000").word == "400 invalid_code_retry")
        #expect(try merchant.verify(id, "").word == "400 invalid_code_retry")
        #expect(try merchant.verify(id, "x").word == "400 code_entry_limit_exceeded_restart")
        #expect(try merchant.verify(id, try merchant.code(id)).word == "400 code_entry_limit_exceeded_restart")
        // The verification can be started again.
        let next = try begin(merchant)
        #expect(try merchant.verify(next, try merchant.code(next)).status == 200)
    }

    @Test func theFirstCodeThatRunsOutIsFollowedByASecondAndThatByNone() throws {
        let merchant = try Merchant()
        let id = try begin(merchant)
        let first = try merchant.code(id)
        merchant.clock.advance(60)
        #expect(try merchant.verify(id, first).word == "400 code_expired_sms_sent")
        let second = try merchant.code(id)
        #expect(second != first)
        #expect(try merchant.verify(id, first).word == "400 invalid_code_retry")
        merchant.clock.advance(59)
        let other = try begin(merchant, pan: "8600495473316478")
        #expect(try merchant.verify(id, second).status == 200)
        merchant.clock.advance(60)
        #expect(try merchant.verify(other, "").word == "400 code_expired_sms_sent")
        merchant.clock.advance(60)
        #expect(try merchant.verify(other, try merchant.code(other)).word == "400 code_expired_restart")
        #expect(merchant.bank.textMessages.count == 4)
    }

    @Test func aCodeServesOnce() throws {
        let merchant = try Merchant()
        let id = try begin(merchant)
        #expect(try merchant.verify(id, try merchant.code(id)).status == 200)
        #expect(try merchant.verify(id, try merchant.code(id)).word == "400 code_expired_restart")
    }

    @Test func aCardThatIsBeingConfirmedTwiceIsTheUsersOnce() throws {
        let merchant = try Merchant()
        let ids = [try begin(merchant), try begin(merchant)]
        #expect(try merchant.verify(ids[0], try merchant.code(ids[0])).status == 200)
        #expect(try merchant.verify(ids[1], try merchant.code(ids[1])).word == "400 card_already_exists")
    }

    @Test(arguments: [
        ("8600069195406312", "card_not_found"), ("8600000000000015", "card_not_found"),
        ("8600000000000023", "card_not_active"), ("8600000000000031", "card_not_valid"),
        ("8600000000000049", "bank_not_supported"), ("8600000000000510", "sms_info_is_off"),
        ("860006919540631", "invalid_params"), ("86000691954063111", "invalid_params"), ("", "invalid_params"),
    ])
    func aCardThatGetsNoCodeSaysWhy(_ pan: String, _ detail: String) throws {
        let merchant = try Merchant()
        #expect(try merchant.sendCode(pan: pan).word == "400 \(detail)")
        #expect(merchant.bank.textMessages.isEmpty)
    }

    @Test(arguments: [
        (#"{"pan": "8600069195406311", "exp": "2707"}"#, 200), (#"{"pan": "8600069195406311", "exp": "0727"}"#, 400),
        (#"{"pan": "8600069195406311", "expiry": "2707"}"#, 400), (#"{"pan": "8600069195406311"}"#, 400),
        (#"{"pan": 8600069195406311, "expiry": "0727"}"#, 400), (#"{"expiry": "0727"}"#, 400), (#"{"pan":"#, 400),
        (#"{"pan": "8600069195406311", "expiry": null, "exp": "2707"}"#, 400),
    ])
    func theExpiryIsReadByTheNameItHas(_ body: String, _ status: Int) throws {
        #expect(try Merchant().call(.sendCode, body).status == status)
    }

    @Test func codesFollowFromTheSeed() throws {
        func code(_ seed: UInt64) throws -> String {
            let merchant = try Merchant { $0.seed = seed }
            return try merchant.code(try begin(merchant))
        }
        #expect(try code(1) == code(1))
        #expect(try code(1) != code(2))
    }
}
