import Testing

@testable import MerchantAPI

/// Tests what an error proves. This depends on the method that was called.
@Suite struct EffectTests {
    private static let questions: Set<MerchantMethod> = [.login, .userCards, .checkBill, .status]
    private static let deeds = MerchantMethod.allCases.filter { !questions.contains($0) }

    private func mayHaveTakenEffect(_ method: MerchantMethod, _ cause: MerchantError.Cause) -> Bool {
        MerchantError(method: method, cause: cause).mayHaveTakenEffect
    }

    private func refused(_ status: Int, _ detail: String?) -> MerchantError.Cause {
        let known = detail.flatMap(CataloguedError.init(rawValue:)).flatMap { $0.httpStatus == status ? $0 : nil }
        return .refused(BankError(httpStatus: status, detail: detail, catalogued: known))
    }

    private var proofs: [MerchantError.Cause] {
        [
            .notSent(""), .loginFailed(.noAnswer(.timeout)), refused(401, nil), refused(429, nil),
            refused(429, "slow_down"), refused(401, "bad_credentials"), refused(403, "object_locked"),
            refused(400, "insufficient_funds"), refused(404, "object_not_found"),
        ]
    }

    private var doubts: [MerchantError.Cause] {
        [
            .noAnswer(.timeout), .noAnswer(.cancelled), .noAnswer(.connectionLost("")),
            .untrusted(httpStatus: 200, why: ""), .unsuccessful(httpStatus: 200, status: "PAYING", text: nil),
            refused(400, "pc_error"), refused(500, "not_implemented"), refused(500, "billing_error_need_reverse"),
            refused(400, "new_code"), refused(500, nil), refused(500, "bill_not_found"), refused(429, "debit_error"),
        ]
    }

    @Test(arguments: deeds) func aDeedMayBeDoneAfterEveryErrorThatDoesNotProveTheOpposite(method: MerchantMethod) {
        for cause in proofs { #expect(!mayHaveTakenEffect(method, cause), "\(cause)") }
        for cause in doubts { #expect(mayHaveTakenEffect(method, cause), "\(cause)") }
    }

    @Test(arguments: questions) func aQuestionNeverTakesEffect(method: MerchantMethod) {
        for cause in proofs + doubts { #expect(!mayHaveTakenEffect(method, cause), "\(cause)") }
    }

    @Test func aCodeThatMakesNoSenseForAPayoutProvesNothingAboutOne() {
        let senseless = CataloguedError.allCases.filter { $0.meaning == .human && $0.httpStatus < 500 }
        #expect(senseless.count == 14)
        for code in senseless {
            let cause = refused(code.httpStatus, code.rawValue)
            #expect(mayHaveTakenEffect(.payout, cause), "\(code)")
            #expect(!mayHaveTakenEffect(.payBill, cause), "\(code)")
        }
    }
}
