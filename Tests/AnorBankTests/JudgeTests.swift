import Fixtures
import MerchantAPI
import PaymentValues
import Payouts
import Processing
import Testing

@testable import AnorBank

@Suite struct JudgeTests {
    static func answer(
        http: Int = 200, success: Bool = true, code: Int64 = 0, id: Int64 = 100_000_000_000_001, amount: Int64 = 100,
        currency: Int64? = 860, bmID: Int64? = 7
    ) -> PayoutAnswer {
        PayoutAnswer(
            httpStatus: http, success: success, statusCode: code, agentTransactionID: id, amount: Tiyin(amount),
            currency: currency, bmID: bmID)
    }

    /// The outcome's kind, and its code if it has one.
    private func word(_ outcome: Outcome) -> String {
        switch outcome {
        case .paid: "paid"
        case .refused(let reason): "refused \(reason.code)"
        case .refusedForEveryone(let reason, let mayBePaid): "everyone \(reason.code)\(mayBePaid ? ", in doubt" : "")"
        case .notProcessed(let reason, .afterLogin): "login \(reason.code)"
        case .notProcessed(let reason, .afterBackoff(let seconds)): "backoff \(reason.code) \(seconds ?? 0)"
        case .unknown(let reason): "unknown \(reason.code)"
        case .misdirected(let id, let reason): "about \(id.number), \(reason.code)"
        case .needsHuman(let reason): "human \(reason.code)"
        }
    }

    private func word(_ finding: StatusFinding) -> String {
        switch finding {
        case .paid: "paid"
        case .notPaid(let reason): "notPaid \(reason.code)"
        case .inProgress(let reason): "inProgress \(reason.code)"
        case .notFound(let reason): "notFound \(reason.code)"
        case .needsHuman(let reason): "human \(reason.code)"
        case .noAnswer(let reason): "noAnswer \(reason.code)"
        }
    }

    @Test func paidNeedsEveryField() throws {
        let order = Samples.order
        #expect(AnorBank.judge(Self.answer(), for: order) == .paid(BankReceipt(bmID: 7)))
        let wrong = [
            Self.answer(http: 201), Self.answer(success: false), Self.answer(code: 1), Self.answer(code: -1),
            Self.answer(id: 1), Self.answer(amount: 101), Self.answer(amount: 99), Self.answer(currency: 840),
            Self.answer(bmID: nil), Self.answer(bmID: 0), Self.answer(bmID: -1),
        ]
        for answer in wrong { #expect(word(AnorBank.judge(answer, for: order)) == "unknown answer_not_trusted") }
    }

    @Test func anAnswerAboutAnotherPaymentNamesThatPayment() {
        let answer = Self.answer(id: AgentTransactionID.range.lowerBound)
        #expect(word(AnorBank.judge(answer, for: Samples.order)) == "about 100000000000000, answer_not_trusted")
    }

    @Test func aPaidAnswerNeedNotNameItsCurrency() throws {
        let answer = Self.answer(currency: nil)
        #expect(AnorBank.judge(answer, for: Samples.order) == .paid(BankReceipt(bmID: 7)))
    }

    @Test func errorsOfAPayout() {
        let bare401 = BankError(httpStatus: 401, detail: nil, catalogued: nil)
        let slow = BankError(httpStatus: 429, detail: nil, catalogued: nil, retryAfterSeconds: 9)
        let odd = BankError(httpStatus: 400, detail: "odd", catalogued: nil)
        let badLogin = BankError(httpStatus: 401, detail: "bad_credentials", catalogued: .badCredentials)
        let table: [(MerchantError.Cause, String)] = [
            (.notSent("dns"), "backoff bank_unreachable 0"),
            (.loginFailed(.notSent("dns")), "backoff bank_unreachable 0"),
            (.loginFailed(.noAnswer(.timeout)), "backoff no_answer_in_time 0"),
            (.loginFailed(.refused(badLogin)), "everyone bad_credentials"),
            (.loginFailed(.refused(slow)), "backoff too_many_requests 9"),
            (.loginFailed(.refused(.catalogued(.internalError))), "backoff internal_error 0"),
            (.loginFailed(.refused(.catalogued(.objectLocked))), "everyone object_locked"),
            (.noAnswer(.timeout), "unknown no_answer_in_time"),
            (.noAnswer(.connectionLost("reset")), "unknown connection_lost"),
            (.noAnswer(.cancelled), "unknown interrupted"),
            (
                .refused(BankError(httpStatus: 429, detail: "debit_error", catalogued: nil)),
                "unknown too_many_requests"
            ),
            (.refused(BankError(httpStatus: 429, detail: "slow_down", catalogued: nil)), "backoff too_many_requests 0"),
            (.untrusted(httpStatus: 200, why: "cut"), "unknown answer_not_trusted"),
            (.untrusted(httpStatus: 307, why: "redirect"), "unknown redirected"),
            (
                .refused(BankError(httpStatus: 200, detail: "not_implemented", catalogued: .notImplemented)),
                "everyone not_implemented, in doubt"
            ),
            (.untrusted(httpStatus: 502, why: "html"), "unknown answer_not_catalogued"),
            (.refused(bare401), "login bad_credentials"),
            (.refused(slow), "backoff too_many_requests 9"),
            (.refused(odd), "unknown answer_not_catalogued"),
        ]
        for (error, expected) in table { #expect(word(AnorBank.judge(error)) == expected, "\(error)") }
    }

    @Test func everyCataloguedCode() {
        for code in CataloguedError.allCases {
            let error = BankError(httpStatus: code.httpStatus, detail: code.rawValue, catalogued: code)
            let kind =
                switch code.meaning {
                case .refusedRow: "refused"
                case .refusedEveryone: "everyone"
                case .notProcessed: "login"
                case .unknown: "unknown"
                case .human: "human"
                }
            // A 500 says that the bank will do nothing more. It does not say that the bank has done nothing.
            let doubt = code == .notImplemented ? ", in doubt" : ""
            #expect(word(AnorBank.judge(.refused(error))) == "\(kind) \(code.rawValue)\(doubt)")
        }
    }

    @Test(arguments: [(400, 400), (-1, nil), (1 << 62, nil)] as [(Int64, Int64?)])
    func aCommissionThatNoBankTakesIsNotAdded(stated: Int64, added: Int64?) {
        #expect(AnorBank.believable(Tiyin(stated)) == added.map(Tiyin.init))
    }

    @Test(arguments: [("SUCCESS", "paid"), ("FAILED", "notPaid failed_at_bank")])
    func anAnswerAboutAnotherPaymentSaysNothing(status: String, expected: String) throws {
        func judged(naming id: Int64?) throws -> String {
            let answer = StatusAnswer(
                httpStatus: 200, status: PaymentStatus(rawValue: status), id: 7, amount: Tiyin(100),
                agentTransactionID: id)
            let asked = try AgentTransactionID(123_456_789_012_345)
            return word(AnorBank.judgeStatus(answer, about: asked, expecting: Tiyin(100)))
        }
        #expect(try judged(naming: nil) == expected)
        #expect(try judged(naming: 123_456_789_012_345) == expected)
        #expect(try judged(naming: 123_456_789_012_346) == "noAnswer answer_not_trusted")
    }

    @Test func statuses() {
        let table: [(String, String)] = [
            ("SUCCESS", "paid"),
            ("FAILED CHECK_FAIL EXPIRED CANCELLED REVERSED SENDER_CANCELLED", "notPaid failed_at_bank"),
            (
                "NEW CHECK_OK CHECKING WAITING PAYING POSTPONED DEBITED GATEWAY_SUCCESS FINISHED OTHER UNKNOWN success X",
                "inProgress in_progress"
            ),
            (
                "CANCEL_FAILED RECIPIENT_CANCELLED GATEWAY_FAILED PAY_NEED_CONFIRM HOLD_SUCCESS INVOICE_NEW",
                "human unclear_at_bank"
            ),
        ]
        for (names, expected) in table {
            for name in names.split(separator: " ") {
                let answer = StatusAnswer(
                    httpStatus: 200, status: PaymentStatus(rawValue: String(name)), id: 7, amount: Tiyin(100))
                #expect(word(AnorBank.judgeStatus(answer, expecting: Tiyin(100))) == expected, "\(name)")
            }
        }
    }

    private func judgeStatus(
        _ status: String, success: Bool? = true, id: Int64? = 7, amount: Int64? = 100, currency: Int64? = 860
    ) -> String {
        let answer = StatusAnswer(
            httpStatus: 200, status: PaymentStatus(rawValue: status), success: success, id: id,
            amount: amount.map(Tiyin.init),
            currency: currency)
        return word(AnorBank.judgeStatus(answer, expecting: Tiyin(100)))
    }

    @Test func aPaymentIsFoundPaidOnlyWhereEveryFieldAgrees() {
        #expect(judgeStatus("SUCCESS") == "paid")
        #expect(judgeStatus("SUCCESS", success: nil, currency: nil) == "paid")
        let wrong = [
            judgeStatus("SUCCESS", success: false), judgeStatus("SUCCESS", id: nil), judgeStatus("SUCCESS", id: 0),
            judgeStatus("SUCCESS", id: -1), judgeStatus("SUCCESS", amount: nil), judgeStatus("SUCCESS", amount: 99),
            judgeStatus("SUCCESS", amount: 101), judgeStatus("SUCCESS", currency: 840),
        ]
        #expect(wrong.allSatisfy { $0 == "human unclear_at_bank" }, "\(wrong)")
    }

    /// “Not paid” frees a row for another send.
    @Test(arguments: ["FAILED", "CHECK_FAIL", "EXPIRED", "CANCELLED", "REVERSED", "SENDER_CANCELLED"])
    func aPaymentIsNotFoundUnpaidByAnAnswerAboutOtherMoney(status: String) {
        #expect(judgeStatus(status, success: nil, id: nil, amount: nil, currency: nil) == "notPaid failed_at_bank")
        for amount in [Int64(99), 101, 0] {
            #expect(judgeStatus(status, amount: amount) == "human unclear_at_bank", "\(amount)")
        }
        #expect(judgeStatus(status, currency: 840) == "human unclear_at_bank")
    }

    /// Any other refusal says nothing about the payment.
    @Test(arguments: CataloguedError.allCases)
    func onlyThreeCodesSayThatAPaymentIsNotFound(code: CataloguedError) {
        let isNotFound = [.billNotFound, .objectNotFound, .notFound].contains(code)
        let expected = isNotFound ? "notFound not_found_at_bank" : "noAnswer \(code.rawValue)"
        #expect(word(AnorBank.judgeStatus(.refused(.catalogued(code)))) == expected)
    }

    @Test func aQuestionWithoutAnAnswerSaysNothingOfThePayment() {
        #expect(word(AnorBank.judgeStatus(.noAnswer(.timeout))) == "noAnswer no_answer_in_time")
        let uncatalogued = BankError(httpStatus: 500, detail: "object_not_found", catalogued: nil)
        #expect(word(AnorBank.judgeStatus(.refused(uncatalogued))) == "noAnswer answer_not_catalogued")
    }

    /// If the bank is unreachable, payout tries again later. If it refuses the login, the batch pauses for a person.
    @Test func aFailedSignInIsARefusalOnlyWhereTheBankGaveOne() {
        func isRefused(_ error: MerchantError.Cause) -> Bool {
            if case .refused = AnorBank.judgeSignIn(error) { true } else { false }
        }
        let slow = BankError(httpStatus: 429, detail: nil, catalogued: nil)
        #expect(isRefused(.loginFailed(.refused(.catalogued(.badCredentials)))))
        for error in [
            MerchantError.Cause.loginFailed(.refused(.catalogued(.internalError))), .loginFailed(.refused(slow)),
            .loginFailed(.notSent("dns")), .loginFailed(.noAnswer(.timeout)),
            .loginFailed(.untrusted(httpStatus: 200, why: "html")),
        ] {
            #expect(!isRefused(error), "\(error)")
        }
    }
}

extension BankError {
    fileprivate static func catalogued(_ code: CataloguedError) -> BankError {
        BankError(httpStatus: code.httpStatus, detail: code.rawValue, catalogued: code)
    }
}
