import Fixtures
import Foundation
import MerchantAPI
import PaymentValues
import Testing

@Suite struct MerchantClientTests {
    static let login = "/api/ext/user/login"
    static let pay = "/services/bmms/api/ext/agent/pay"
    static let status = "/services/bmms/api/agent/status"
    static let granted = RawBank.Reply.json(
        200, #"{"statusCode":"0","result":{"access_token":"secret-token","refresh_token":"r","expires_in":"86398"}}"#)
    static let paid = #"""
        {"amount":"100","agentTranId":"100000000000001","success":true,"statusCode":0,"currency":860,"bmlId":7,
        "sender":{"commission":0.4,"commissionAmount":0,"data":{"EXT_ID":"24"}},"unheard":[1]}
        """#

    private func client(_ url: String, timeout: Duration = .seconds(30)) throws -> MerchantClient {
        try MerchantClient(
            configuration: .init(
                address: BankAddress(url), username: "agent", password: Password("hidden"), requestTimeout: timeout,
                maximumConnections: 4))
    }

    /// Pays once against a bank that answers the payout with `reply`.
    private func outcome(
        _ reply: RawBank.Reply, timeout: Duration = .seconds(30)
    ) async throws -> (Result<PayoutAnswer, MerchantError.Cause>, RawBank) {
        let bank = try await RawBank { $0.path == Self.login ? Self.granted : reply }
        let client = try client(bank.url, timeout: timeout)
        let result: Result<PayoutAnswer, MerchantError.Cause>
        do throws(MerchantError) {
            result = .success(try await client.pay(Samples.order))
        } catch {
            result = .failure(error.cause)
        }
        try await client.shutdown()
        try await bank.stop()
        return (result, bank)
    }

    private func isNoAnswer(_ result: Result<PayoutAnswer, MerchantError.Cause>) -> Bool {
        if case .failure(.noAnswer) = result { true } else { false }
    }

    private func isUntrusted(_ result: Result<PayoutAnswer, MerchantError.Cause>) -> Bool {
        if case .failure(.untrusted) = result { true } else { false }
    }

    @Test(arguments: ["X-Payout-Sandbox", "x-payout-sandbox", "X-Other"])
    func aSandboxIsKnownByItsHeader(header: String) async throws {
        let body = #"{"statusCode":0,"result":{"access_token":"secret-token"}}"#
        let answer = "HTTP/1.1 200 OK\r\n\(header): 1\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
        let bank = try await RawBank { _ in .bytes(answer) }
        let client = try client(bank.url)
        #expect(try await client.isSandbox() == (header != "X-Other"))
        try await client.shutdown()
        try await bank.stop()
    }

    @Test func aPayoutIsReadWhereNumbersComeAsStrings() async throws {
        let (result, bank) = try await outcome(.json(200, Self.paid))
        let answer = try result.get()
        #expect(answer.bmID == 7 && answer.amount == Tiyin(100) && answer.agentTransactionID == 100_000_000_000_001)
        #expect(answer.sender?.commission?.description == "0.4" && answer.sender?.extID == "24")
        #expect(
            bank.seen.last?.body
                == #"{"agentTranId":100000000000001,"amount":100,"from":{"currency":860,"params":{"account":"20208000000000000001","mfo":"01183","name":"viplati"},"type":"ACCOUNT"},"to":{"currency":860,"params":{"exp":"0727","pan":"8600069195406311"},"type":"PAN"}}"#
        )
    }

    @Test func aReusedConnectionThatBreaksIsNoAnswerAndNothingIsSentAgain() async throws {
        for reply in [RawBank.Reply.close, .reset] {
            let (result, bank) = try await outcome(reply)
            #expect(isNoAnswer(result), "\(result)")
            #expect(bank.count(Self.pay) == 1)
            #expect(Set(bank.seen.map(\.connection)).count == 1)
        }
    }

    @Test func aRedirectIsNotFollowed() async throws {
        let (result, bank) = try await outcome(
            .bytes("HTTP/1.1 307 X\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n"))
        guard case .failure(.untrusted(307, _)) = result else {
            Issue.record("\(result)")
            return
        }
        #expect(bank.seen.count == 2)
    }

    @Test func aRefusedPortProvesThatNothingWasSent() async throws {
        // The system never gives port 1 to the server of another test.
        for url in ["http://127.0.0.1:1", "http://localhost:1", "http://nowhere.invalid"] {
            let client = try client(url)
            await #expect(Comment(rawValue: url)) {
                try await client.pay(Samples.order)
            } throws: { error in
                if case .loginFailed(.notSent)? = (error as? MerchantError)?.cause { true } else { false }
            }
            try await client.shutdown()
        }
    }

    @Test func aBankThatGoesAwayAfterTheLoginProvesThatNothingWasSent() async throws {
        let bank = try await RawBank { _ in
            .partThenClose(
                "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"
                    + #"{"statusCode":0,"result":{"access_token":"t","expires_in":900}}"#)
        }
        let client = try client(bank.url)
        try await client.ensureSignedIn()
        try await bank.stop()
        await #expect {
            try await client.pay(Samples.order)
        } throws: { error in
            if case .notSent? = (error as? MerchantError)?.cause { true } else { false }
        }
        #expect(bank.seen.count == 1)
        try await client.shutdown()
    }

    @Test(.timeLimit(.minutes(3))) func brokenAnswersEndWithinTheTimeout() async throws {
        let long = String(repeating: " ", count: 10_000_000)
        let head = "HTTP/1.1 200 OK\r\n"
        let half = try await outcome(.partThenClose(head + "Content-Length: 500\r\n\r\n{\"amount\":100,"))
        #expect(isNoAnswer(half.0) || isUntrusted(half.0), "\(half.0)")
        let cut = try await outcome(.partThenClose(head + "Connection: close\r\n\r\n{\"amount\":100,"))
        #expect(isNoAnswer(cut.0) || isUntrusted(cut.0), "\(cut.0)")
        let big = try await outcome(.json(200, long))
        #expect(isUntrusted(big.0), "\(big.0)")
        let drip = try await outcome(.drip(Self.paid), timeout: .seconds(5))
        #expect(isNoAnswer(drip.0), "\(drip.0)")
        let hang = try await outcome(.hang, timeout: .seconds(5))
        #expect(isNoAnswer(hang.0), "\(hang.0)")
        for (_, bank) in [half, cut, big, drip, hang] { #expect(bank.count(Self.pay) == 1) }
    }

    @Test func aCancelledPayoutThrowsThatThereWasNoAnswer() async throws {
        let bank = try await RawBank { $0.path == Self.login ? Self.granted : .hang }
        let client = try client(bank.url, timeout: .seconds(20))
        let task = Task { try await client.pay(Samples.order) }
        try await wait(for: "the payout at the bank") { bank.count(Self.pay) > 0 }
        task.cancel()
        await #expect(throws: MerchantError(method: .payout, cause: .noAnswer(.cancelled))) { try await task.value }
        try await client.shutdown()
        try await bank.stop()
    }

    @Test func aPayoutIsNeverRepeatedAfterA401AndAQuestionOnce() async throws {
        let bank = try await RawBank { $0.path == Self.login ? Self.granted : .json(401, "") }
        let client = try client(bank.url)
        let refused = MerchantError.Cause.refused(BankError(httpStatus: 401, detail: nil, catalogued: nil))
        await #expect(throws: MerchantError(method: .payout, cause: refused)) { try await client.pay(Samples.order) }
        #expect(bank.count(Self.pay) == 1)
        let question = StatusRequest(id: Samples.order.id)
        await #expect(throws: MerchantError(method: .status, cause: refused)) { try await client.status(question) }
        #expect(bank.count(Self.status) == 2)
        #expect(bank.count(Self.login) == 3)
        try await client.shutdown()
        try await bank.stop()
    }

    @Test func aHundredCallersShareOneLogin() async throws {
        let bank = try await RawBank { $0.path == Self.login ? Self.granted : .json(200, Self.paid) }
        let client = try client(bank.url, timeout: .seconds(20))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<100 { group.addTask { try await client.ensureSignedIn() } }
            try await group.waitForAll()
        }
        #expect(bank.count(Self.login) == 1)
        try await client.shutdown()
        try await bank.stop()
    }

    @Test func anErrorCountsAsCataloguedOnlyWhereCodeAndStatusFit() async throws {
        func detail(_ reply: RawBank.Reply) async throws -> MerchantError.Cause? {
            if case .failure(let error) = try await outcome(reply).0 { error } else { nil }
        }
        let body = #"{"langs":{"ru":"нет"},"status":400,"detail":"card_not_found","title":"нет"}"#
        for reply in [RawBank.Reply.json(400, body), .json(200, #"{"id":1,"result":\#(body)}"#)] {
            guard case .refused(let error) = try await detail(reply) else {
                Issue.record("not refused")
                continue
            }
            #expect(error.catalogued == .cardNotFound)
        }
        guard case .refused(let misfit) = try await detail(.json(500, body)) else {
            Issue.record("not refused")
            return
        }
        #expect(misfit.catalogued == nil)
        let twoVoices = try await detail(.json(200, #"{"success":true,"result":\#(body)}"#))
        guard case .untrusted = twoVoices else {
            Issue.record("\(String(describing: twoVoices))")
            return
        }
    }

    @Test func nothingSecretIsShown() throws {
        for secret in ["\(Password("hidden"))", String(reflecting: Password("hidden"))] {
            #expect(!secret.contains("hidden"))
        }
        var dumped = ""
        dump(Samples.order, to: &dumped)
        for text in ["\(Samples.order)", String(reflecting: Samples.order), dumped] {
            #expect(!text.contains("8600069195406311") && !text.contains("0727"))
        }
    }
}
