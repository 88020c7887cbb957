import Fixtures
import Foundation
import Testing

/// Runs `payout bank …` against a sandbox, for each of the 15 methods.
@Suite(.oneAtATime) struct BankCommandTests {
    private static let card = "8600069195406311"
    private static let plastic = ["--pan", card, "--exp", "1230"]

    let folder: TemporaryFolder
    let bank: ServedSandbox
    let program: Program

    init() async throws {
        folder = try TemporaryFolder()
        var program = Program(in: folder)
        bank = try await ServedSandbox(program)
        program.environment.merge(bank.settings) { $1 }
        self.program = program
    }

    /// The user who may cancel payments.
    private var supervisor: Program {
        var supervisor = program
        supervisor.environment.merge([
            "PAYOUT_BANK_USERNAME": "supervisor", "PAYOUT_BANK_PASSWORD": "c4ncel-Pa$$",
        ]) { $1 }
        return supervisor
    }

    /// Calls a method, and checks that its output shows none of the secrets that it was given.
    private func call(
        _ arguments: [String], input: String = "", as program: Program? = nil, expecting status: Int32 = 0,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Program.Result {
        let result = try await (program ?? self.program).start(["bank"] + arguments, input: input).wait()
        #expect(result.status == status, "\(arguments): \(result.errors)", sourceLocation: sourceLocation)
        for secret in [Self.card, "s3cret-Pa$$", "c4ncel-Pa$$", "Bearer"] + (try codes()) {
            #expect(!(result.output + result.errors).contains(secret), "\(arguments)", sourceLocation: sourceLocation)
        }
        return result
    }

    private func answer(
        _ arguments: [String], input: String = "", as program: Program? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> [String: Any] {
        let result = try await call(
            arguments + ["--json"], input: input, as: program, sourceLocation: sourceLocation)
        #expect(try result.json["outcome"] as? String == "done")
        return try #require(try result.json["answer"] as? [String: Any])
    }

    /// Returns the codes that the bank sent, oldest first.
    private func codes() throws -> [String] {
        struct Message: Decodable { let code: String }
        let messages = try Data(contentsOf: bank.baseURL.appendingPathComponent("sandbox/sms"))
        return try JSONDecoder().decode([Message].self, from: messages).map(\.code)
    }

    private func code() throws -> String { try #require(try codes().last) }

    /// Checks a bill of 1 000 so'm, and returns its number.
    private func checkedBill(_ reference: String) async throws -> String {
        let bill = try await answer(
            [
                "check", "--account", "order-30", "--amount", "100000", "--recipient-id", "1001", "--agent-tran-id",
                reference,
            ] + Self.plastic)
        #expect(bill["status"] as? String == "CHECK_OK" && bill["amount"] as? Int == 100_000)
        return String(try #require(bill["id"] as? Int))
    }

    private func amountHeldAfter(_ arguments: [String], _ bill: String) async throws -> Int? {
        let answer = try await answer(arguments + ["--bill-id", bill, "--yes"])
        #expect(answer["status"] as? String == "HOLD_SUCCESS")
        return answer["amount"] as? Int
    }

    private func status(_ question: [String]) async throws -> String? {
        try await answer(["status"] + question)["status"] as? String
    }

    // MARK: The methods

    @Test func aLoginIsShownWithoutItsTokens() async throws {
        for arguments in [["login"], ["refresh-token", "--after-login"]] {
            let text = try await call(arguments).output
            #expect(text.contains("access_token:  (token)") && text.contains("expires_in:    86398"), "\(text)")
        }
        let refused = try await call(["refresh-token"], input: "no such token\n", expecting: 10)
        #expect(refused.errors.contains("bad_credentials") && !refused.errors.contains("no such token"))
    }

    @Test func aCardIsConfirmedByTheCodeThatItsHolderGot() async throws {
        let sent = try await answer(["send-otp"], input: "\(Self.card)\n1230\n")
        let id = String(try #require(sent["id"] as? Int))
        #expect((sent["phoneMask"] as? String)?.contains("*") == true)
        _ = try await call(["verify-otp", "--id", id], input: "0000\n", expecting: 10)
        let verified = try await answer(["verify-otp", "--id", id], input: try code() + "\n")
        #expect((verified["token"] as? String)?.count == 5)
        let cards = try #require(try await answer(["get-user-cards"])["cards"] as? [[String: Any]])
        #expect(cards.count == 1 && cards.first?["pan"] as? String == "860006*****6311")
        #expect(try await call(["get-user-cards"]).output.contains("860006*****6311"))
        _ = try await call(["send-otp"] + Self.plastic, expecting: 10)
    }

    @Test func aBillIsPaidAndTakenBack() async throws {
        let bill = try await checkedBill("order-30")
        #expect(try await status(["--agent-tran-id", "order-30"]) == "CHECK_OK")
        let paid = try await answer(
            ["pay", "--bill-id", bill, "--amount", "100000", "--yes"], input: try code() + "\n")
        #expect(paid["status"] as? String == "SUCCESS" && paid["amount"] as? Int == 100_000)
        #expect(try await status(["--bill-id", bill]) == "SUCCESS")

        let refused = try await call(["cancel", "--bill-id", bill, "--yes"], expecting: 10)
        #expect(refused.errors.contains("object_locked"))
        let cancelled = try await answer(["cancel", "--bill-id", bill, "--yes"], as: supervisor)
        #expect(cancelled["status"] as? String == "CANCELLED" && cancelled["amount"] as? Int == 100_000)
        #expect(try await status(["--bill-id", bill]) == "CANCELLED")
    }

    @Test func aHoldIsAddedToPartlyGivenBackAndTaken() async throws {
        let bill = try await checkedBill("order-31")
        let held = try await answer(["hold", "--bill-id", bill, "--otp", try code(), "--amount", "100000", "--yes"])
        #expect(held["amount"] as? Int == 100_000)
        #expect(try await amountHeldAfter(["add-to-hold", "--amount", "30000"] + Self.plastic, bill) == 30_000)
        let over = try await call(
            ["add-to-hold", "--bill-id", bill, "--amount", "1", "--yes"] + Self.plastic, expecting: 10)
        #expect(over.errors.contains("limit_exceeded"))
        let part = ["reverse-part-of-hold", "--reverse-amount", "50000", "--held", "130000"]
        #expect(try await amountHeldAfter(part, bill) == 80_000)
        let taken = try await answer(["confirm-hold", "--bill-id", bill, "--yes"])
        #expect(taken["status"] as? String == "SUCCESS" && taken["amount"] as? Int == 80_000)
    }

    @Test func aHoldIsGivenBack() async throws {
        let bill = try await checkedBill("order-32")
        _ = try await answer(["hold", "--bill-id", bill, "--yes"], input: try code() + "\n")
        let reversed = try await answer(["reverse-hold", "--bill-id", bill, "--yes"])
        #expect(reversed["status"] as? String == "CANCELLED" && reversed["amount"] as? Int == 100_000)
        let again = try await call(["confirm-hold", "--bill-id", bill, "--yes"], expecting: 10)
        #expect(again.errors.contains("bill_not_valid"))
    }

    // MARK: The payout

    private func payout(_ id: Int64, to card: String = card) -> [String] {
        [
            "payout", "--agent-tran-id", String(id), "--account", "20208000900123456001", "--mfo", "01183", "--amount",
            "500000", "--pan", card, "--exp", "1230",
        ]
    }

    @Test func aPayoutByHandSaysThatNoLedgerRecordsItAndAsksForConsent() async throws {
        let id: Int64 = 100_000_000_000_001
        let warned = try await call(payout(id) + ["--yes"], expecting: 64)
        #expect(warned.errors.contains("payout run FILE") && warned.errors.contains("--outside-ledger"))
        _ = try await call(payout(id) + ["--outside-ledger"], expecting: 64)
        #expect(try bank.requests().pay == 0)

        let paid = try await answer(payout(id) + ["--outside-ledger", "--yes"])
        #expect(paid["agentTranId"] as? Int64 == id && paid["amount"] as? Int == 500_000)
        #expect(try bank.debits().map(\.agentTranId) == [id])
        #expect(try await status(["--agent-tran-id", String(id)]) == "SUCCESS")
        #expect(!FileManager.default.fileExists(atPath: program.ledger))
    }

    @Test func anUnknownPayoutIsReportedWithTheNextStep() async throws {
        let id: Int64 = 100_000_000_000_002
        // The connection closes after the debit.
        let result = try await call(
            payout(id, to: "8600000000000122") + ["--outside-ledger", "--yes", "--json"], expecting: 11)
        #expect(result.errors.contains("payout bank status --agent-tran-id \(id)"))
        #expect(try result.json["outcome"] as? String == "unknown")
        #expect((try result.json["advice"] as? String)?.contains("do not send it again") == true)
        #expect(try bank.requests().pay == 1 && bank.debits().count == 1)
        // A receipt with a wrong amount, and an error that does not prove whether money moved.
        for (id, card) in [(id + 1, "8600000000000155"), (id + 2, "8600000000000239")] {
            _ = try await call(payout(id, to: card) + ["--outside-ledger", "--yes"], expecting: 11)
        }
        _ = try await call(payout(id + 3, to: "8600000000000015") + ["--outside-ledger", "--yes"], expecting: 10)
    }

    @Test func aPersonWhoEndsTheWaitLearnsThatMoneyMayHaveMoved() async throws {
        let id: Int64 = 100_000_000_000_002
        // The bank pays, and holds the connection for two minutes.
        let running = try program.start(
            ["bank"] + payout(id, to: "8600000000000130") + ["--outside-ledger", "--yes"])
        try await running.wait(until: { try bank.requests().pay == 1 })
        running.signal(SIGINT)
        let result = try await running.wait()
        #expect(result.status == 11 && result.errors.contains("payout bank status --agent-tran-id \(id)"), "\(result)")
    }

    @Test func aRefusalSpeaksForItsOwnSendingAlone() async throws {
        let id: Int64 = 100_000_000_000_003
        _ = try await call(payout(id, to: "8600000000000122") + ["--outside-ledger", "--yes"], expecting: 11)
        let again = try await call(payout(id) + ["--outside-ledger", "--yes", "--json"], expecting: 10)
        #expect(try bank.debits().map(\.agentTranId) == [id])
        let advice = try again.json["advice"] as? String
        #expect(advice?.contains("payout bank status --agent-tran-id \(id)") == true, "\(again)")
        #expect(again.errors.contains("this is about this send only"))
    }

    @Test func aBankThatFailsToSayWhatBecameOfAPaymentHasNotRefusedIt() async throws {
        let troubled = try await ServedSandbox(program, "--faults", "status-error=1")
        var program = program
        program.environment.merge(troubled.settings) { $1 }
        for _ in 1...4 {
            let result = try await call(["status", "--bill-id", "7", "--json"], as: program, expecting: 11)
            #expect(try result.json["outcome"] as? String == "unknown")
            #expect(result.errors.contains("proves nothing"))
        }
    }

    // MARK: Errors

    @Test(arguments: [
        ["pay", "--bill-id", "7", "--otp", "123456"], ["hold", "--bill-id", "7", "--otp", "123456"],
        ["confirm-hold", "--bill-id", "7"], ["cancel", "--bill-id", "7"], ["reverse-hold", "--bill-id", "7"],
        ["reverse-part-of-hold", "--bill-id", "7", "--reverse-amount", "1"],
        ["add-to-hold", "--bill-id", "7", "--amount", "1"] + plastic,
    ])
    func aCallThatMovesMoneyNeedsAPersonOrYes(arguments: [String]) async throws {
        let result = try await call(arguments, expecting: 64)
        #expect(result.errors.contains("--yes") && result.output.isEmpty)
        struct All: Decodable { let login: Int }
        let requests = try Data(contentsOf: bank.baseURL.appendingPathComponent("sandbox/requests"))
        #expect(try JSONDecoder().decode(All.self, from: requests).login == 0)
    }

    @Test func eachTroubleHasItsExitCodeAndOneDocument() async throws {
        var gone = program
        gone.environment["PAYOUT_BANK_URL"] = "http://127.0.0.1:9"
        let unreachable = try await call(
            ["cancel", "--bill-id", "7", "--yes", "--json"], as: gone, expecting: 69)
        #expect(try unreachable.json["outcome"] as? String == "notDone")
        var stranger = program
        stranger.environment["PAYOUT_BANK_PASSWORD"] = "another"
        for method in [["login"], ["get-user-cards"]] {
            let result = try await call(method, as: stranger, expecting: 78)
            #expect(result.errors.contains("PAYOUT_BANK_PASSWORD"))
        }
        let nobody = try await call(["status", "--agent-tran-id", "nobody", "--lang", "uz"], expecting: 11)
        #expect(nobody.errors.contains("proves nothing") && nobody.errors.contains("object_not_found"))
        _ = try await call(["status"], expecting: 64)
        _ = try await call(["send-otp", "--pan", "8600069195406312", "--exp", "1230"], expecting: 64)
        _ = try await call(["send-otp"], input: "\(Self.card)\n0027\n", expecting: 64)
    }

    @Test func aCardInAMistypedCommandIsNotRepeated() async throws {
        _ = try await call(["pay", Self.card, "--bill-id", "7"], expecting: 64)
        _ = try await call(["pay", "--bill-id", Self.card + "x"], expecting: 64)
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self/cmdline"), "there is no /proc here"))
    func aCardOnTheCommandLineIsGoneFromTheListOfProcesses() async throws {
        try await bank.whileItIsSilent {
            let running = try program.start(["bank", "send-otp", "--exp=1230", "--pan", Self.card])
            let path = "/proc/\(running.process.processIdentifier)/cmdline"
            var list = ""
            try await running.wait(until: {
                list = String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
                return list.contains("****************")
            })
            #expect(!list.contains(Self.card) && !list.contains("1230") && list.contains("--exp=****"))
            running.signal(SIGKILL)
            _ = try await running.wait()
        }
    }

    @Test func aTerminalHidesTheCodeAndAsksBeforeMoneyMoves() async throws {
        let bill = try await checkedBill("order-33")
        let said = try Terminal(program).say(
            ["bank", "pay", "--bill-id", bill],
            [("code from the SMS: ", try code()), ("Pay bill \(bill) at \(bank.baseURL.absoluteString)? [y/N] ", "n")])
        #expect(said.status == 75 && said.text.contains("nothing was sent"), "\(said)")
        #expect(!said.text.contains(try code()))
        #expect(try await status(["--bill-id", bill]) == "CHECK_OK")
        let paid = try Terminal(program).say(
            ["bank", "pay", "--bill-id", bill],
            [("code from the SMS: ", try code()), ("Pay bill \(bill) at \(bank.baseURL.absoluteString)? [y/N] ", "да")])
        #expect(paid.status == 0 && paid.text.contains("SUCCESS"), "\(paid)")
    }
}
