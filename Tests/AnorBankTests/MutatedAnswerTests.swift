import Foundation
import Payouts
import Testing

@testable import AnorBank
@testable import MerchantAPI

@Suite struct MutatedAnswerTests {
    private struct Dice: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    private static let pieces = [
        "true", "false", "null", "0", "1", "100", "\"100\"", "{", "}", "[", "]", ",", ":", "\"", "\\", "-", ".0", "e2",
        "\"bmId\":8,", "\"success\":false,", "\"detail\":\"card_not_found\",", "\u{0}", "\\ud800", "é",
    ]

    private func mutate(_ body: [UInt8], _ dice: inout Dice) -> [UInt8] {
        var body = body
        for _ in 0..<Int.random(in: 0...3, using: &dice) where !body.isEmpty {
            let place = Int.random(in: 0..<body.count, using: &dice)
            switch Int.random(in: 0..<5, using: &dice) {
            case 0: body[place] = UInt8.random(in: 0...255, using: &dice)
            case 1: body.remove(at: place)
            case 2: body.insert(contentsOf: Array(Self.pieces[Int(dice.next() % 24)].utf8), at: place)
            case 3: body.removeSubrange(place..<min(place + 12, body.count))
            default: if dice.next() % 8 == 0 { body = Array(body[..<place]) }
            }
        }
        return body
    }

    /// The rules again, through another reader of JSON.
    private func holdsEveryRule(_ body: [UInt8], _ order: PayoutOrder) throws -> Bool {
        guard let json = try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any] else { return false }
        func whole(_ name: String) -> Int64? {
            (json[name] as? NSNumber)?.int64Value ?? (json[name] as? String).flatMap { Double($0) }.map { Int64($0) }
        }
        return json["success"] as? Bool == true && whole("statusCode") == 0
            && whole("agentTranId") == order.id.number && whole("amount") == order.amount.count
            && (whole("bmId") ?? whole("bmlId")) != nil && json["detail"] as? String == nil
    }

    @Test func noMutationIsPaidUnlessEveryRuleHolds() throws {
        let seed: UInt64 = 20_261_123
        var dice = Dice(state: seed)
        let order = try JudgeTests.order()
        let original = Array(
            """
            {"amount":100,"currency":860,"agentTranId":"100000000000001","authorized":false,"promo":null,"success":true,\
            "statusCode":0,"statusMessage":"SUCCESS","sender":{"name":"x","commission":0.4,"data":{"EXT_ID":"2"}},\
            "bmlId":173388802}
            """.utf8)
        var paid = 0
        for round in 0..<6000 {
            let body = mutate(original, &dice)
            let status = round.isMultiple(of: 5) ? [201, 302, 400, 401, 500][round / 5 % 5] : 200
            let raw = RawAnswer(httpStatus: status, retryAfterSeconds: nil, body: body)
            do {
                let answer = try PayoutAnswer(try raw.object(), httpStatus: status)
                guard case .paid = AnorBank.judge(answer, for: order) else { continue }
                paid += 1
                #expect(try status == 200 && holdsEveryRule(body, order), "seed \(seed), round \(round)")
            } catch let error as MerchantError {
                if case .refused(let bankError) = error, bankError.catalogued == nil {
                    #expect(status != 200, "seed \(seed), round \(round)")
                }
            }
        }
        #expect(paid > 100, "seed \(seed): the untouched answer must be paid")
    }
}
