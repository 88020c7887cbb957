import Fixtures
import Foundation
import Testing

@testable import MerchantAPI

/// The bank's document shows a request and an answer for every method (Samples/README.md). The tests send that request
/// and read that answer.
@Suite struct SampleTests {
    static let folder = Checkout.file("Tests/MerchantAPITests/Samples")

    static func text(_ name: String) throws -> String {
        try String(contentsOf: folder.appendingPathComponent(name + ".json"), encoding: .utf8)
    }

    static func json(_ name: String) throws -> JSONValue {
        try JSONReader.read(Array(try text(name).utf8))
    }

    /// The members for which a sample has a placeholder, a masked number or an invalid card, each with the value that
    /// was sent.
    private static let said: [String: [String: JSONValue]] = [
        "01-login": ["username": .string("agent"), "password": .string("hidden")],
        "03-send-otp": ["pan": .string(MethodCase.card)],
        "06-check": [
            "account": .string("30"), "recipientId": .number("17"), "amount": .string("100"),
            "agentTranId": .string("100000000000001"), "params.pan": .string(MethodCase.card),
            "params.exp": .string("0727"),
        ],
        "10-add-to-hold": ["params.pan": .string(MethodCase.card), "params.exp": .string("0727")],
        "15-payout": [
            "agentTranId": .number("100000000000001"), "from.params.account": .string("20208000000000000001"),
            "to.params.pan": .string(MethodCase.card),
        ],
    ]

    /// Returns the fields of an object and of the objects in it, by their paths.
    private static func fields(_ json: JSONValue, under path: String = "") -> [String: JSONValue] {
        guard case .object(let members) = json else { return [path: json] }
        return members.all.reduce(into: [:]) { all, member in
            all.merge(fields(member.value, under: path.isEmpty ? member.name : "\(path).\(member.name)")) { $1 }
        }
    }

    @Test(arguments: MethodCase.all)
    func aRequestIsTheDocumentsFieldForField(method: MethodCase) async throws {
        let bank = try await ToldBank(path: method.path)
        // All requests but one are about bill 777.
        _ = await bank.hears(method, 200, "{}", bill: method.number == 10 ? method.answered : 777)
        try await bank.stop()
        let sent = try #require(bank.raw.seen.last)
        #expect(sent.path == method.path && sent.method == (method.isGet ? "GET" : "POST"))
        #expect(sent.headers["content-type"] == "application/json")
        #expect(sent.headers["authorization"] == (method.number > 2 ? "Bearer secret-token" : nil))
        guard !method.isGet else {
            #expect(sent.body.isEmpty)
            return
        }
        let said = Self.said[method.name] ?? [:]
        let document = Self.fields(try Self.json(method.name + ".request"))
        let ours = Self.fields(try JSONReader.read(Array(sent.body.utf8)))
        #expect(ours == document.merging(said) { $1 })
        #expect(said.keys.allSatisfy { document[$0] != nil && document[$0] != said[$0] }, "a needless exception")
    }

    @Test(arguments: MethodCase.all) func anAnswerOfTheDocumentIsRead(method: MethodCase) async throws {
        let bank = try await ToldBank(path: method.path)
        let answer = try Self.text(method.name + ".answer")
        let read = try await bank.hears(method, 200, answer).get()
        #expect(read.contains(Self.seen[method.number] ?? "never"), "\(read)")
        // Most answers of the document are about another bill than their requests.
        if method.number > 6, method.number < 15, method.number != 10 {
            guard case .failure(.untrusted) = await bank.hears(method, 200, answer, bill: 777) else {
                Issue.record("the answer about another bill is believed")
                return
            }
        }
        try await bank.stop()
    }

    /// Something of each answer.
    private static let seen = [
        1: "86398.0 seconds", 2: "openid", 3: "99897*****87", 4: "5e82af24-480b-40cd-8c76-769a28bd7f3d",
        5: "986048*****2454", 6: "CHECK_OK", 7: "RIVO_CREATIVE", 8: "EXT_PAY_ID", 9: "2021-08-10T11:56:11.694Z",
        10: "2022-08-01T09: 24: 40.392384200Z", 11: "CANCELLED", 12: "CANCELLED", 13: "auchan_1647683601365",
        14: "CANCELLED", 15: "173388802",
    ]

    @Test func theWrongRequestOfTheDocumentCannotBeSaidAndItsAnswerIsARefusal() async throws {
        #expect(try Self.json("07-pay.wrong-request")["billId"] == .number("-1"))
        #expect(throws: BillID.Invalid()) { try BillID(-1) }
        let pay = try #require(MethodCase.all.first { $0.number == 7 })
        let bank = try await ToldBank(path: pay.path)
        guard
            case .failure(.refused(let error)) = await bank.hears(
                pay, 200, try Self.text("07-pay.wrong-answer"), bill: 777)
        else {
            Issue.record("not refused")
            return
        }
        #expect(error.catalogued == .billNotFound && error.provesNothingWasDone(by: .payBill))
        try await bank.stop()
    }

    @Test func everyErrorOfTheDocumentIsReadAsItsCodeInEveryPlace() async throws {
        guard case .array(let errors) = try Self.json("errors") else {
            Issue.record("no list")
            return
        }
        #expect(errors.count == 47)
        let pay = try #require(MethodCase.all.first { $0.number == 7 })
        let bank = try await ToldBank(path: pay.path)
        for error in errors {
            let status = Int(try #require(error["status"]?.integer))
            let known = try #require(error["detail"]?.string.flatMap(CataloguedError.init(rawValue:)))
            for (status, body) in [(status, error.encoded), (200, #"{"id":777,"result":\#(error.encoded)}"#)] {
                guard case .failure(.refused(let read)) = await bank.hears(pay, status, body) else {
                    Issue.record("\(known) under \(status)")
                    continue
                }
                #expect(read.catalogued == known && read.texts.uz == error["langs"]?["uz"]?.string)
            }
        }
        try await bank.stop()
    }
}
