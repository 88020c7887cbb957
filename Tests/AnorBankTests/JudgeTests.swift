import MerchantAPI
import PaymentValues
import Payouts
import Processing
import Testing

@testable import AnorBank

@Suite struct JudgeTests {
    static func order() throws -> PayoutOrder {
        PayoutOrder(
            id: try AgentTransactionID(100_000_000_000_001), senderName: "viplati",
            account: try SettlementAccount("20208000000000000001"), bankCode: try BankCode("01183"),
            card: try CardNumber("8600069195406311"), expiry: try CardExpiry(mmyy: "0727"), amount: Tiyin(100))
    }

    static func answer(
        http: Int = 200, success: Bool = true, code: Int64 = 0, id: Int64 = 100_000_000_000_001, amount: Int64 = 100,
        bmID: Int64? = 7
    ) -> PayoutAnswer {
        PayoutAnswer(
            httpStatus: http, success: success, statusCode: code, agentTransactionID: id, amount: Tiyin(amount),
            bmID: bmID)
    }

    /// The outcome's kind, and its code where it has one.
    private func word(_ outcome: Outcome) -> String {
        switch outcome {
        case .paid: "paid"
        case .refused(let reason): "refused \(reason.code)"
        case .refusedForEveryone(let reason, let mayBePaid): "everyone \(reason.code)\(mayBePaid ? ", in doubt" : "")"
        case .notProcessed(let reason, .afterLogin): "login \(reason.code)"
        case .notProcessed(let reason, .afterBackoff(let seconds)): "backoff \(reason.code) \(seconds ?? 0)"
        case .unknown(let reason): "unknown \(reason.code)"
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
        let order = try Self.order()
        #expect(AnorBank.judge(Self.answer(), for: order) == .paid(BankReceipt(bmID: 7)))
        let wrong = [
            Self.answer(http: 201), Self.answer(success: false), Self.answer(code: 1), Self.answer(id: 1),
            Self.answer(amount: 101), Self.answer(bmID: nil),
        ]
        for answer in wrong { #expect(word(AnorBank.judge(answer, for: order)) == "unknown answer_not_trusted") }
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
            // A 500 says what the bank will not do, and not what it has not done.
            let doubt = code == .notImplemented ? ", in doubt" : ""
            #expect(word(AnorBank.judge(.refused(error))) == "\(kind) \(code.rawValue)\(doubt)")
        }
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
        for answer in [
            StatusAnswer(httpStatus: 200, status: .failed, id: 7, amount: Tiyin(100), currency: 840),
            StatusAnswer(httpStatus: 200, status: .success, id: 7, amount: Tiyin(99)),
            StatusAnswer(httpStatus: 200, status: .success, id: 7, amount: nil),
            StatusAnswer(httpStatus: 200, status: .success, id: nil, amount: Tiyin(100)),
        ] {
            #expect(word(AnorBank.judgeStatus(answer, expecting: Tiyin(100))) == "human unclear_at_bank")
        }
        for code in [CataloguedError.billNotFound, .objectNotFound, .notFound] {
            let error = BankError(httpStatus: code.httpStatus, detail: code.rawValue, catalogued: code)
            #expect(word(AnorBank.judgeStatus(.refused(error))) == "notFound not_found_at_bank")
        }
        #expect(word(AnorBank.judgeStatus(.noAnswer(.timeout))) == "noAnswer no_answer_in_time")
    }
}
