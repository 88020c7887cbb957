import Fixtures
import Foundation
import PaymentValues
import Payouts
import Testing

@testable import AnorBank
@testable import MerchantAPI

/// Gives mutated answers to the bank client, and checks its judgement with rules that use another JSON reader. The seed
/// and the number of a round determine the round.
struct AnswerFuzzer {
    let seed: UInt64
    private let order: PayoutOrder
    let payment: BillPayment

    struct Tally: Equatable {
        var paid = 0
        var refused = 0
        var found = 0
        var loggedIn = 0
        var billsPaid = 0
        var unknown = 0
    }

    /// An answer that the client judged wrongly.
    struct Violation: Error, CustomStringConvertible {
        let rule: String
        let httpStatus: Int
        let body: [UInt8]

        var description: String { "\(rule); HTTP \(httpStatus), body: \(String(decoding: body, as: UTF8.self))" }
    }

    init(seed: UInt64) throws {
        self.seed = seed
        order = Samples.order
        payment = BillPayment(
            bill: try BillID(777), otp: try OTPCode("445566"), expected: Tiyin(1000))
    }

    func play(_ round: Int, _ tally: inout Tally) throws(Violation) {
        var random = SeededGenerator(seed: seed &+ UInt64(round) &* 0x9E37_79B9_7F4A_7C15)
        let kind = Int.random(in: 0..<4, using: &random)
        let corpus = [AnswerCorpus.payouts, AnswerCorpus.statuses, AnswerCorpus.bills, AnswerCorpus.logins][kind]
        // The first answer of each kind is a good one. Such answers need the most care.
        let seeds = Bool.random(using: &random) ? corpus.prefix(2) : corpus[...]
        var body = Array((seeds.randomElement(using: &random) ?? "").utf8)
        for _ in 0..<Int.random(in: 0...4, using: &random) { Self.mutate(&body, &random) }
        let httpStatus = AnswerCorpus.httpStatuses.randomElement(using: &random) ?? 200
        let seen = Seen(httpStatus: httpStatus, body: body)
        switch kind {
        case 0: try judgePayout(seen, &tally)
        case 1: try judgeStatus(seen, &tally)
        case 2: try judgeBill(seen, &tally)
        default: try judgeLogin(seen, &tally)
        }
    }

    private static func mutate(_ body: inout [UInt8], _ random: inout SeededGenerator) {
        let place = Int.random(in: 0...body.count, using: &random)
        switch Int.random(in: 0..<9, using: &random) {
        case 0 where place < body.count: body[place] = UInt8.random(in: 0...255, using: &random)
        case 1 where place < body.count: body.remove(at: place)
        case 2:
            body.insert(contentsOf: Array((AnswerCorpus.pieces.randomElement(using: &random) ?? "").utf8), at: place)
        case 3: body.removeSubrange(place..<min(place + Int.random(in: 1...30, using: &random), body.count))
        case 4 where Int.random(in: 0..<6, using: &random) == 0: body.removeSubrange(place...)
        case 5, 6:
            // Add a field: the same name twice, or two fields that contradict each other.
            let brace = body.indices.filter { body[$0] == UInt8(ascii: "{") }.randomElement(using: &random)
            let field = AnswerCorpus.fields.randomElement(using: &random) ?? ""
            if let brace { body.insert(contentsOf: Array((field + ",").utf8), at: brace + 1) }
        case 7:
            // Replace one value with another.
            let colons = body.indices.filter { body[$0] == UInt8(ascii: ":") }
            guard let colon = colons.randomElement(using: &random) else { return }
            let end =
                body[(colon + 1)...].firstIndex { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "}") } ?? body.count
            let piece = AnswerCorpus.pieces.randomElement(using: &random) ?? ""
            body.replaceSubrange((colon + 1)..<end, with: Array(piece.utf8))
        default:
            let depth = [1, 3, 70].randomElement(using: &random) ?? 1
            body =
                Array((String(repeating: #"{"result":"#, count: depth)).utf8) + body
                + Array(String(repeating: "}", count: depth).utf8)
        }
    }
}

// MARK: The rules

extension AnswerFuzzer {
    private func judgePayout(_ seen: Seen, _ tally: inout Tally) throws(Violation) {
        let outcome: Outcome
        do {
            outcome = AnorBank.judge(try PayoutAnswer(seen.raw.object(), httpStatus: seen.httpStatus), for: order)
        } catch {
            outcome = AnorBank.judge(error)
        }
        switch outcome {
        case .paid(let receipt):
            tally.paid += 1
            guard seen.httpStatus == 200, seen.isTrue("success"), seen.whole("statusCode") == 0,
                seen.whole("agentTranId") == order.id.number, seen.whole("amount") == order.amount.count,
                seen.ids == [receipt.bmID], receipt.bmID > 0, seen["currency"] == nil || seen.whole("currency") == 860,
                seen.details.isEmpty, !seen.hasDoubledNames
            else { throw seen.violation("paid, though not every rule for paid holds") }
        case .refused, .refusedForEveryone, .notProcessed:
            tally.refused += 1
            if seen.showsSuccess { throw seen.violation("no payment, though the answer shows success") }
        case .unknown, .misdirected, .needsHuman: tally.unknown += 1
        }
    }

    private func judgeStatus(_ seen: Seen, _ tally: inout Tally) throws(Violation) {
        let finding: StatusFinding
        do {
            finding = AnorBank.judgeStatus(
                try StatusAnswer(seen.raw.object(), httpStatus: seen.httpStatus), expecting: order.amount)
        } catch {
            finding = AnorBank.judgeStatus(error)
        }
        let notPaid = ["FAILED", "CHECK_FAIL", "EXPIRED", "CANCELLED", "REVERSED", "SENDER_CANCELLED"]
        let status = seen["status"] as? String
        switch finding {
        case .paid(let receipt):
            tally.found += 1
            guard seen.httpStatus == 200, status == "SUCCESS", seen.whole("amount") == order.amount.count,
                seen.whole("id") == receipt.bmID, receipt.bmID > 0, seen.isUnsaid("success") || seen.isTrue("success"),
                seen.isUnsaid("currency") || seen.whole("currency") == 860, seen.details.isEmpty, !seen.hasDoubledNames
            else { throw seen.violation("found paid, though not every rule for it holds") }
        case .notPaid:
            tally.refused += 1
            guard seen.httpStatus == 200, status.map(notPaid.contains) == true, seen.details.isEmpty,
                seen.isUnsaid("amount") || seen.whole("amount") == order.amount.count,
                seen.isUnsaid("currency") || seen.whole("currency") == 860, !seen.hasDoubledNames
            else { throw seen.violation("found not paid, though the answer does not say so") }
        case .notFound:
            tally.refused += 1
            guard seen.details.contains(where: { ["bill_not_found", "object_not_found", "not_found"].contains($0) }),
                !seen.showsSuccess
            else { throw seen.violation("not found, though the answer does not say so") }
        case .inProgress, .needsHuman, .noAnswer: tally.unknown += 1
        }
    }

    private func judgeLogin(_ seen: Seen, _ tally: inout Tally) throws(Violation) {
        do {
            let grant = try Grant(seen.raw.object(), httpStatus: seen.httpStatus)
            tally.loggedIn += 1
            guard seen.httpStatus == 200, grant.access.secret.utf8.allSatisfy({ (33...126).contains($0) }) else {
                throw seen.violation("a token that could end a header's line")
            }
        } catch let violation as Violation {
            throw violation
        } catch {
            tally.unknown += 1
        }
    }
}

// MARK: Another reader of JSON

/// An answer as Foundation reads it.
struct Seen {
    let httpStatus: Int
    let body: [UInt8]
    private let json: [String: Any]

    init(httpStatus: Int, body: [UInt8]) {
        self.httpStatus = httpStatus
        self.body = body
        // Foundation reads no number beyond the range of a double. The rules treat such a number as a fraction.
        let text = String(decoding: body, as: UTF8.self)
            .replacing(/-?[0-9]+(\.[0-9]+)?[eE]\+?[0-9]{3,}/, with: "0.5")
        do {
            json = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
        } catch {
            json = [:]
        }
    }

    var raw: RawAnswer { RawAnswer(httpStatus: httpStatus, retryAfterSeconds: nil, body: body) }

    subscript(name: String) -> Any? { json[name] }

    private var places: [[String: Any]] { [json, json["result"] as? [String: Any]].compactMap { $0 } }

    func isTrue(_ name: String) -> Bool { Self.isTrue(json[name]) }

    func isUnsaid(_ name: String) -> Bool { json[name] == nil || json[name] is NSNull }

    private static func isTrue(_ value: Any?) -> Bool {
        value as? Bool == true && !(value is String) || (value as? String)?.lowercased() == "true"
    }

    func whole(_ name: String) -> Int64? { Self.whole(json[name]) }

    private static func whole(_ value: Any?) -> Int64? {
        if let text = value as? String { return Decimal(string: text).flatMap { Int64("\($0)") } }
        return (value as? NSNumber).flatMap { $0.doubleValue == $0.doubleValue.rounded() ? $0.int64Value : nil }
    }

    var ids: Set<Int64> { Set([json["bmId"], json["bmlId"]].compactMap { Self.whole($0) }) }

    var details: [String] { places.compactMap { $0["detail"] as? String } }

    var showsSuccess: Bool {
        places.contains { place in
            Self.isTrue(place["success"]) || Self.whole(place["statusCode"]) == 0 || place["bmId"] is NSNumber
        }
    }

    /// Returns whether an object has a name twice. It does not ask Foundation, which drops one of the two.
    var hasDoubledNames: Bool {
        var objects: [Set<String>] = []
        var text: [UInt8]?
        var last = ""
        var isEscaped = false
        for byte in body {
            if text != nil {
                if !isEscaped, byte == UInt8(ascii: "\"") {
                    last = String(decoding: text ?? [], as: UTF8.self)
                    text = nil
                } else {
                    isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
                    text?.append(byte)
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): text = []
            case UInt8(ascii: "{"): objects.append([])
            case UInt8(ascii: "}"): _ = objects.popLast()
            case UInt8(ascii: ":"):
                guard !objects.isEmpty else { continue }
                if !objects[objects.count - 1].insert(last).inserted { return true }
            default: break
            }
        }
        return false
    }

    func violation(_ rule: String) -> AnswerFuzzer.Violation {
        AnswerFuzzer.Violation(rule: rule, httpStatus: httpStatus, body: body)
    }
}
