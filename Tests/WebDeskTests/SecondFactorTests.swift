import Bookkeeping
import Fixtures
import Foundation
import Operations
import PaymentValues
import Payouts
import Processing
import Testing

@testable import WebDesk

/// Codes of an authenticator app, and what they confirm.
@Suite struct SecondFactorTests {
    private static let secret = AuthenticatorSecret(bytes: Data("12345678901234567890".utf8))

    /// The test vectors of RFC 6238, appendix B, for SHA-1.
    @Test(arguments: [
        (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"), (1_234_567_890, "89005924"),
        (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
    ])
    func theCodesAreThoseOfTheStandard(seconds: Int64, code: String) {
        #expect(Self.secret.code(atStep: seconds / 30, digits: 8) == code)
        #expect(Self.secret.code(atStep: seconds / 30) == String(code.suffix(6)))
    }

    @Test func aCodeIsValidForOnePeriodBeforeAndAfterIts() {
        let now = Date(timeIntervalSince1970: 1_000_000)
        let step = AuthenticatorSecret.step(at: now)
        for drift in -3...3 {
            let found = Self.secret.step(of: Self.secret.code(atStep: step + Int64(drift)), at: now, after: nil)
            #expect(found == (abs(drift) <= 1 ? step + Int64(drift) : nil), "\(drift)")
        }
        #expect(Self.secret.step(of: "", at: now, after: nil) == nil)
        #expect(Self.secret.step(of: Self.secret.code(atStep: step), at: now, after: step) == nil)
    }

    /// The test vectors of RFC 4648, section 10, without padding.
    @Test(arguments: [
        ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB"),
        ("foobar", "MZXW6YTBOI"),
    ])
    func secretsAreWrittenInBase32(text: String, base32: String) {
        #expect(AuthenticatorSecret.base32(Data(text.utf8)) == base32)
        #expect(AuthenticatorSecret(base32: Self.secret.base32) == Self.secret)
        #expect(AuthenticatorSecret(base32: base32) == nil, "too short for a secret")
        #expect(AuthenticatorSecret(base32: Self.secret.base32.dropLast() + "1") == nil)
    }

    @Test func noCodeIsAcceptedTwice() throws {
        let now = Date(timeIntervalSince1970: 1_000_000)
        let step = AuthenticatorSecret.step(at: now)
        func code(_ offset: Int64) -> String { Self.secret.code(atStep: step + offset) }
        var factor = try #require(
            SecondFactor(Self.secret, provenBy: code(0), at: now, recoveryCodes: ["ABCD-EFGH-IJKL-MNOP"]))
        #expect(factor.accept(code(0), at: now) == nil, "it enrolled the app")
        #expect(factor.accept(code(-1), at: now) == nil, "an earlier one")
        #expect(factor.accept(code(1), at: now) == .code)
        #expect(factor.accept(code(1), at: now) == nil)
        #expect(factor.accept(" abcd efgh ijkl-mnop", at: now) == .recoveryCode)
        #expect(factor.accept("ABCD-EFGH-IJKL-MNOP", at: now) == nil)
        #expect(factor.recoveryCodesLeft == 0)
        #expect(SecondFactor(factor.description) == factor)
        #expect(SecondFactor(Self.secret, provenBy: "000000", at: now, recoveryCodes: []) == nil)
    }

    @Test(arguments: ["", "totp", "totp:AAAA:1:", "totp:GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ:x:", "hotp:a:1:"])
    func whatIsNoSecondFactorIsNotTakenForOne(text: String) {
        #expect(SecondFactor(text) == nil)
    }

    @Test func aQRCodeHasItsThreeMarks() throws {
        let code = try QRCode(Self.secret.address(for: UserName("dilnoza")))
        // Each mark begins with a dark row of seven modules, four modules from the edge.
        let end = code.size - 4 - 7
        for (column, row) in [(4, 4), (end, 4), (4, end)] {
            for module in 0..<7 { #expect(code.path.contains("M\(column + module) \(row)h1v1h-1z")) }
        }
        let bottomRight = (0..<7).allSatisfy { code.path.contains("M\(end + $0) \(end)h1v1h-1z") }
        #expect(!bottomRight)
        #expect(code.terminalText.split(separator: "\n").allSatisfy { $0.count == code.size })
    }

    @Test func theUsersFileKeepsTheSecondFactor() throws {
        let folder = try TemporaryFolder()
        let file = UsersFile(path: folder.path("desk.users"))
        var user = try ServedDesk.user("rustam", .checker)
        user.secondFactor = SecondFactor(
            Self.secret, provenBy: Self.secret.code(atStep: 1), at: Date(timeIntervalSince1970: 30),
            recoveryCodes: ["A", "B"])
        try file.change { $0 = [user, try ServedDesk.user("dilnoza", .maker)] }
        #expect(try file.users().last == user)
        #expect(try file.users().first?.secondFactor == nil)
        #expect(throws: CancellationError.self) {
            try file.change { users in
                users = []
                throw CancellationError()
            }
        }
        #expect(try file.users().count == 2)
    }
}

/// The second factor at the desk.
@Suite struct SecondFactorPageTests {
    private static let totals = ["rows": "1", "sum": "1002,00"]

    /// An app that was enrolled at the desk.
    struct App {
        let secret: AuthenticatorSecret
        let recoveryCodes: [String]
        /// The code that enrolled it.
        let firstCode: String

        func code(_ desk: ServedDesk) -> String {
            secret.code(atStep: AuthenticatorSecret.step(at: desk.clock.time.now()))
        }

        /// The code of the next period, as no code is accepted twice.
        func nextCode(_ desk: ServedDesk) -> String {
            desk.clock.advance(TimeInterval(AuthenticatorSecret.period))
            return code(desk)
        }
    }

    static func enrol(_ user: Browser, at desk: ServedDesk) async throws -> App {
        let page = try await user.get("/second-factor")
        let text = try #require(page.body.firstMatch(of: /<span class="mono">([A-Z2-7]{32})</)).1
        let secret = try #require(AuthenticatorSecret(base32: text))
        let code = App(secret: secret, recoveryCodes: [], firstCode: "").code(desk)
        let form = ["token": page.token, "code": code, "password": "correct horse"]
        let done = try await user.post("/second-factor", form)
        #expect(done.status == 200)
        let codes = done.body.matches(of: /<li>([A-Z2-7-]{19})</).map { String($0.1) }
        #expect(codes.count == SecondFactor.recoveryCodeCount && Set(codes).count == codes.count)
        return App(secret: secret, recoveryCodes: codes, firstCode: code)
    }

    private static func history(_ batch: String, _ desk: ServedDesk) throws -> [EventCause] {
        try desk.ledger.report(on: desk.ledger.batch(named: batch).id) { try $0.history().map(\.why) }
    }

    private static let oneRow = ControlTotals(rows: 1, sum: Tiyin(100_200))

    @Test func anAppIsEnrolledWithItsCode() async throws {
        let desk = try await ServedDesk()
        let checker = try await desk.signedIn("rustam")
        let page = try await checker.get("/second-factor")
        #expect(page.body.contains("<svg"))
        let wrong = ["token": page.token, "code": "000000", "password": "correct horse"]
        #expect(try await checker.post("/second-factor", wrong).status == 422)
        let app = try await Self.enrol(checker, at: desk)
        let after = try await checker.get("/second-factor?lang=en")
        #expect(!after.body.contains("<svg") && after.text.contains("10 recovery codes left"))
        #expect(try desk.audit.contains("enrolSecondFactor"))
        // Another app needs a code of this one.
        let used = ["token": after.token, "code": app.firstCode]
        #expect(try await checker.post("/second-factor/replace", used).status == 422, "it enrolled the app")
        let new = ["token": after.token, "code": app.nextCode(desk)]
        #expect(try await checker.post("/second-factor/replace", new).status == 303)
        let other = try await Self.enrol(checker, at: desk)
        #expect(other.secret != app.secret)
        try await desk.stop()
    }

    /// A thief of a session does not know the password.
    @Test func nobodyEnrolsAnAppWithoutThePassword() async throws {
        let desk = try await ServedDesk()
        let checker = try await desk.signedIn("rustam")
        let page = try await checker.get("/second-factor?lang=en")
        let text = try #require(page.body.firstMatch(of: /<span class="mono">([A-Z2-7]{32})</)).1
        let secret = try #require(AuthenticatorSecret(base32: text))
        let code = App(secret: secret, recoveryCodes: [], firstCode: "").code(desk)
        for password in ["", "wrong", "correct horse ", "wrong", "wrong"] {
            let form = ["token": page.token, "code": code, "password": password]
            let answer = try await checker.post("/second-factor", form)
            #expect(answer.status == 422 && answer.text.contains("The password is wrong"))
        }
        let right = ["token": page.token, "code": code, "password": "correct horse"]
        #expect(try await checker.post("/second-factor", right).status == 429)
        #expect(try desk.users.users().allSatisfy { $0.secondFactor == nil })
        #expect(try desk.audit.contains("codeRefused"))
        desk.clock.advance(SignInLimit.period)
        _ = try await Self.enrol(checker, at: desk)
        try await desk.stop()
    }

    @Test func anApprovalNeedsACodeOnceTheUserHasAnApp() async throws {
        let desk = try await ServedDesk(requiresApproval: true)
        let (maker, checker) = (try await desk.signedIn("dilnoza"), try await desk.signedIn("rustam"))
        for name in ["a", "b"] { _ = try await maker.store(Payroll.file([2]), "\(name).csv", again: name == "b") }
        let app = try await Self.enrol(checker, at: desk)
        func approve(_ batch: String, _ code: String) async throws {
            _ = try await checker.submit(
                "/batches/\(batch)/approve", on: "/batches/\(batch)",
                Self.totals.merging(["code": code]) { $1 })
        }
        func approvers(_ batch: String) throws -> [String] {
            try desk.ledger.approvers(of: desk.ledger.batch(named: batch).id)
        }
        try await approve("a", "")
        #expect(try await checker.get("/batches/a").body.contains("id=\"refused\""))
        try await approve("a", "123456")
        #expect(try approvers("a").isEmpty)
        // Wrong totals use up no code.
        let code = app.nextCode(desk)
        _ = try await checker.submit(
            "/batches/a/approve", on: "/batches/a", ["rows": "2", "sum": "1002,00", "code": code])
        #expect(try approvers("a").isEmpty)
        try await approve("a", code)
        #expect(try approvers("a") == ["rustam@desk"])
        #expect(try Self.history("a", desk).contains(.approved(Self.oneRow, .code)))
        try await approve("b", code)
        #expect(try approvers("b").isEmpty, "no code is accepted twice")
        try await approve("b", app.recoveryCodes[3])
        #expect(try Self.history("b", desk).contains(.approved(Self.oneRow, .recoveryCode)))
        #expect(try await checker.get("/second-factor?lang=en").text.contains("9 recovery codes left"))
        let audit = try desk.audit
        #expect(!audit.contains(code) && !audit.contains(app.recoveryCodes[3]))
        try await desk.stop()
    }

    @Test func aPaymentIsConfirmedWithACode() async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        _ = try await maker.store(Payroll.file([2]), "a.csv")
        let app = try await Self.enrol(maker, at: desk)
        func pay(_ code: String) async throws -> Int {
            let page = try await maker.get("/batches/a")
            return try await maker.post(
                "/batches/a/pay",
                [
                    "token": page.token, "rows": page.field("rows"), "tiyin": page.field("tiyin"),
                    "warnings": page.field("warnings"), "code": code,
                ]
            ).status
        }
        #expect(try await pay("") == 422)
        #expect(try await pay("123456") == 422)
        #expect(try Self.history("a", desk).contains(.runStarted) == false)
        #expect(try await pay(app.nextCode(desk)) == 303)
        _ = try await maker.follow("/batches/a")
        let history = try Self.history("a", desk)
        #expect(history.contains(.sendingConfirmed(Self.oneRow, .code)) && history.contains(.runEnded(.finished)))
        #expect(try await maker.get("/batches/a?lang=en").text.contains("sending confirmed: with a code, 1 row"))
        try await desk.stop()
    }

    /// A code confirms the totals in the form, and no others.
    @Test func aCodeConfirmsOnlyTheTotalsThatTheUserSaw() async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        _ = try await maker.store(Payroll.file([2, 3]), "a.csv")
        let app = try await Self.enrol(maker, at: desk)
        let page = try await maker.get("/batches/a")
        let row = "/batches/a/rows/3"
        _ = try await maker.decide(row + "/withdraw", on: row, ["note": "left"])
        let answer = try await maker.post(
            "/batches/a/pay",
            [
                "token": page.token, "rows": page.field("rows"), "tiyin": page.field("tiyin"),
                "warnings": page.field("warnings"), "code": app.nextCode(desk),
            ])
        #expect(answer.status == 409)
        #expect(try Self.history("a", desk).contains(.runStarted) == false)
        try await desk.stop()
    }

    @Test func theRulesCanAskEverybodyForASecondFactor() async throws {
        let desk = try await ServedDesk(requiresApproval: true, rules: { $0.requiresSecondFactor = true })
        let (maker, checker) = (try await desk.signedIn("dilnoza"), try await desk.signedIn("rustam"))
        _ = try await maker.store(Payroll.file([2]), "a.csv")
        #expect(try await checker.get("/batches/a").body.contains("href=\"/second-factor\""))
        _ = try await checker.submit("/batches/a/approve", on: "/batches/a", Self.totals)
        let id = try desk.ledger.batch(named: "a").id
        #expect(try desk.ledger.approvers(of: id).isEmpty)
        let context = desk.desk.operations.acting(as: "rustam@office")
        #expect(throws: OperationError.self) { try ApproveBatch(context).run("a", as: Self.oneRow) }
        let app = try await Self.enrol(checker, at: desk)
        _ = try await checker.submit(
            "/batches/a/approve", on: "/batches/a", Self.totals.merging(["code": app.nextCode(desk)]) { $1 })
        #expect(try desk.ledger.approvers(of: id) == ["rustam@desk"])
        #expect(try await maker.pay("/batches/a").status == 422)
        try await desk.stop()
    }

    @Test func fiveWrongCodesMustWait() async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        let app = try await Self.enrol(maker, at: desk)
        let token = try await maker.get("/second-factor").token
        func replace(_ code: String) async throws -> Int {
            try await maker.post("/second-factor/replace", ["token": token, "code": code]).status
        }
        for _ in 1...5 { #expect(try await replace("123456") == 422) }
        #expect(try await replace(app.nextCode(desk)) == 429)
        desk.clock.advance(SignInLimit.period)
        #expect(try await replace(app.code(desk)) == 303)
        #expect(try desk.audit.contains("codeRefused"))
        try await desk.stop()
    }
}
