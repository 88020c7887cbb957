import Testing

@testable import MerchantAPI

/// Tests how each method treats answers that differ a little from the document.
@Suite struct ToleranceTests {
    private static let methods = MethodCase.all

    /// The paths of the members that an answer must have.
    private static func required(_ method: MethodCase) -> [String] {
        switch method.number {
        case 1, 2: ["statusCode", "result.access_token"]
        case 3: ["success", "data", "data.id", "data.phoneMask"]
        case 4, 5: ["success", "data"]
        case 14: ["status"]
        case 15: ["success", "statusCode", "agentTranId", "amount"]
        default: ["success", "status", "id", "amount"]
        }
    }

    private static func good(_ method: MethodCase) throws -> JSONValue {
        try SampleTests.json(method.name + ".answer")
    }

    private func isUntrusted(_ result: Result<String, MerchantError.Cause>) -> Bool {
        if case .failure(.untrusted) = result { true } else { false }
    }

    @Test(arguments: methods) func numbersMayComeAsTextAndTextAsNumbers(method: MethodCase) async throws {
        let bank = try await ToldBank(path: method.path)
        let good = try Self.good(method)
        let read = try await bank.hears(method, 200, good.encoded).get()
        #expect(try await bank.hears(method, 200, good.mapped(\.numbersAsText).encoded).get() == read)
        #expect(try await bank.hears(method, 200, good.mapped(\.textAsNumbers).encoded).get() == read)
        try await bank.stop()
    }

    @Test(arguments: methods.filter { $0.number > 2 && $0.number < 15 && $0.number != 13 && $0.number != 4 })
    func dataMayComeAsTextThatHoldsJSON(method: MethodCase) async throws {
        let bank = try await ToldBank(path: method.path)
        let data = try Self.good(method)["data"] ?? .object([:])
        let good = try Self.good(method).setting("data", to: data)
        let read = try await bank.hears(method, 200, good.encoded).get()
        let wrapped = good.setting("data", to: .string(data.encoded))
        #expect(try await bank.hears(method, 200, wrapped.encoded).get() == read)
        try await bank.stop()
    }

    @Test(arguments: methods) func unknownMembersAreIgnored(method: MethodCase) async throws {
        let bank = try await ToldBank(path: method.path)
        let good = try Self.good(method)
        let more = good.setting("unheard", to: .array([.object(["of": .null]), .number("1e400")]))
        #expect(try await bank.hears(method, 200, more.encoded).get() == bank.hears(method, 200, good.encoded).get())
        try await bank.stop()
    }

    @Test(arguments: methods) func anAnswerWithoutARequiredFieldIsNotTrusted(method: MethodCase) async throws {
        let bank = try await ToldBank(path: method.path)
        let good = try Self.good(method)
        for path in Self.required(method) {
            for value in [nil, JSONValue.null, .array([]), .string("")] {
                // An empty list is a list of cards too.
                if method.number == 5, path == "data", value == .array([]) { continue }
                let body = good.setting(path, to: value).encoded
                let result = await bank.hears(method, 200, body)
                #expect(isUntrusted(result), "\(method.name) without \(path): \(body) came to \(result)")
            }
        }
        try await bank.stop()
    }

    @Test(arguments: methods) func aCutAnswerIsNotTrusted(method: MethodCase) async throws {
        let bank = try await ToldBank(path: method.path)
        let good = Array(try Self.good(method).encoded.utf8)
        for length in stride(from: 0, to: good.count, by: max(good.count / 40, 1)) {
            let result = await bank.hears(method, 200, String(decoding: good.prefix(length), as: UTF8.self))
            #expect(isUntrusted(result), "\(method.name) cut at \(length): \(result)")
        }
        for body in ["[]", "null", "<html></html>", #"{"success":true,"success":true}"#, "{}"] {
            #expect(isUntrusted(await bank.hears(method, 200, body)), "\(method.name): \(body)")
        }
        try await bank.stop()
    }

    @Test(arguments: methods) func anErrorIsOneUnderAnyStatusAndAnywhere(method: MethodCase) async throws {
        let bank = try await ToldBank(path: method.path)
        let error = #"{"langs":{"en":"x"},"status":400,"detail":"invalid_params","title":"x"}"#
        for (status, body) in [(400, error), (200, error), (200, #"{"id":1,"result":\#(error)}"#)] {
            guard case .failure(.refused(let read)) = await bank.hears(method, status, body) else {
                Issue.record("\(method.name): \(status) \(body)")
                continue
            }
            #expect(read.catalogued == .invalidParams && read.provesNothingWasDone(by: method.method))
        }
        // The answer contradicts itself, so trust neither part.
        let good = try Self.good(method)
        let both = method.number < 3 ? error : good.setting("detail", to: .string("invalid_params")).encoded
        if method.number > 2, method.number != 14 {
            #expect(isUntrusted(await bank.hears(method, 200, both)), "\(both)")
            #expect(isUntrusted(await bank.hears(method, 400, good.encoded)))
        }
        try await bank.stop()
    }

    @Test(arguments: methods.filter(\.tellsOfABill))
    func aStatusOtherThanTheExpectedOneIsNotSuccess(method: MethodCase) async throws {
        let bank = try await ToldBank(path: method.path)
        let good = try Self.good(method)
        let own = try #require(good["status"]?.string)
        let anothers = own == "CANCELLED" ? "SUCCESS" : "CANCELLED"
        // A bill with SUCCESS is paid, so nothing more can be held for it.
        let paid = (method.number == 10 ? ["SUCCESS"] : [])
        for word in ["PAYING", "FAILED", "success", "NEW_WORD", "REVERSED", anothers] + paid {
            let result = await bank.hears(method, 200, good.setting("status", to: .string(word)).encoded)
            guard case .failure(let error) = result, case .unsuccessful(200, word, _) = error else {
                Issue.record("\(method.name): \(word) came to \(result)")
                continue
            }
            #expect(error.description.contains(word))
        }
        let unlucky = await bank.hears(method, 200, good.setting("success", to: .bool(false)).encoded)
        guard case .failure(.unsuccessful) = unlucky else {
            Issue.record("\(unlucky)")
            return
        }
        try await bank.stop()
    }

    @Test(arguments: methods.filter(\.tellsOfABill))
    func aSuccessAboutSomethingElseIsNotTrusted(method: MethodCase) async throws {
        let bank = try await ToldBank(path: method.path)
        let good = try Self.good(method)
        let amount = try #require(good["amount"]?.integer)
        var wrong: [(String, JSONValue)] = [
            ("currency", .number("840")), ("currency", .string("so'm")), ("amount", .number("-1")),
            ("amount", .number("1.5")), ("amount", .string("many")), ("id", .number("0")),
        ]
        if method.number != 6 { wrong.append(("id", .number("778"))) }
        if method.number == 6 { wrong.append(("account", .string("31"))) }
        // Nobody asked for the amount of a confirmed, cancelled or reversed bill.
        if ![9, 11, 12].contains(method.number) { wrong.append(("amount", .number(String(amount - 1)))) }
        if [6, 7, 8, 13].contains(method.number) { wrong.append(("amount", .number(String(amount + 1)))) }
        for (name, value) in wrong {
            let result = await bank.hears(method, 200, good.setting(name, to: value).encoded)
            #expect(isUntrusted(result), "\(method.name) with \(name) \(value): \(result)")
        }
        try await bank.stop()
    }

    @Test func aRefusalOfTheCardMethodsIsInTheirException() async throws {
        for method in Self.methods where (3...5).contains(method.number) {
            let bank = try await ToldBank(path: method.path)
            let body = #"{"success":false,"exception":"sms_info_is_off","data":null}"#
            guard case .failure(.refused(let error)) = await bank.hears(method, 200, body) else {
                Issue.record("\(method.name)")
                continue
            }
            #expect(error.catalogued == .smsInfoIsOff)
            let both = try Self.good(method).setting("exception", to: .string("sms_info_is_off")).encoded
            #expect(isUntrusted(await bank.hears(method, 200, both)))
            try await bank.stop()
        }
    }

    @Test(arguments: methods.filter { $0.number > 2 })
    func onlyQuestionsAreAskedAgainAfterA401AndOnlyOnce(method: MethodCase) async throws {
        let bank = try await ToldBank(path: method.path)
        let result = await bank.hears(method, 401, #"{"status":401,"detail":"bad_credentials"}"#)
        guard case .failure(.refused(let error)) = result else {
            Issue.record("\(result)")
            return
        }
        #expect(error.catalogued == .badCredentials && error.provesNothingWasDone(by: method.method))
        #expect(bank.raw.count(method.path) == ([5, 6, 14].contains(method.number) ? 2 : 1))
        try await bank.stop()
    }

    @Test func aWrongCodeDoesNotCauseANewLogin() async throws {
        let method = try #require(Self.methods.first { $0.number == 4 })
        let bank = try await ToldBank(path: method.path)
        for _ in 1...2 { _ = await bank.hears(method, 401, #"{"status":401,"detail":"activation_code_sent"}"#) }
        #expect(bank.raw.count(MerchantClientTests.login) == 1 && bank.raw.count(method.path) == 2)
        try await bank.stop()
    }

    @Test func aNewTokenIsUsedFromThenOn() async throws {
        let bank = try await RawBank { seen in
            seen.path.hasPrefix("/api/ext/user/")
                ? .json(200, #"{"statusCode":0,"result":{"access_token":"\#(seen.path.suffix(5))","expires_in":900}}"#)
                : .json(200, #"{"success":true,"exception":null,"data":[]}"#)
        }
        let client = try MerchantClient(
            configuration: .init(address: BankAddress(bank.url), username: "agent", password: Password("hidden")))
        _ = try await client.login()
        #expect(try await client.userCards().isEmpty)
        _ = try await client.refreshToken(RefreshToken("kept"))
        _ = try await client.userCards()
        #expect(bank.seen.compactMap { $0.headers["authorization"] } == ["Bearer login", "Bearer token"])
        try await client.shutdown()
        try await bank.stop()
    }
}

extension JSONValue {
    /// Returns the answer with each single value changed, inside `data` and above it.
    fileprivate func mapped(_ change: (JSONValue) -> JSONValue) -> JSONValue {
        switch self {
        case .array(let values): .array(values.map { $0.mapped(change) })
        case .object(let members): .object(JSONMembers(members.all.map { ($0.name, $0.value.mapped(change)) }))
        default: change(self)
        }
    }

    fileprivate var numbersAsText: JSONValue { if case .number(let text) = self { .string(text) } else { self } }

    fileprivate var textAsNumbers: JSONValue {
        guard case .string(let text) = self, Int64(text) != nil, !text.hasPrefix("0") else { return self }
        return .number(text)
    }

    /// - Parameter path: names, separated by dots.
    fileprivate func setting(_ path: String, to value: JSONValue?) -> JSONValue {
        guard case .object(let members) = self else { return self }
        let parts = path.split(separator: ".", maxSplits: 1)
        let name = String(parts[0])
        let changed = parts.count == 1 ? value : members[name]?.setting(String(parts[1]), to: value)
        let others = members.all.filter { $0.name != name }.map { ($0.name, $0.value) }
        return .object(JSONMembers(others + (changed.map { [(name, $0)] } ?? [])))
    }
}

extension JSONMembers {
    fileprivate init(_ members: [(String, JSONValue)]) {
        self = [:]
        for (name, value) in members { insert(value, as: name) }
    }
}
