import MerchantAPI
import Payouts
import Testing

@testable import AnorBank

/// Tests that the library and a run of payouts judge an error alike.
@Suite struct EffectTests {
    @Test func theLibraryAndARunAgreeOnWhichErrorsProveThatNothingWasPaid() {
        var causes: [MerchantError.Cause] = [
            .notSent("dns"), .loginFailed(.noAnswer(.timeout)), .noAnswer(.timeout), .noAnswer(.cancelled),
            .untrusted(httpStatus: 307, why: ""), .unsuccessful(httpStatus: 200, status: "PAYING", text: nil),
        ]
        for status in [200, 400, 401, 403, 404, 429, 500, 502] {
            for detail in [nil, "odd"] + CataloguedError.allCases.map(\.rawValue) {
                let known = detail.flatMap(CataloguedError.init(rawValue:))
                for catalogued in Set([nil, known]) {
                    causes.append(
                        .refused(BankError(httpStatus: status, detail: detail, catalogued: catalogued)))
                }
            }
        }
        for cause in causes {
            let isUndone =
                switch AnorBank.judge(cause) {
                case .refused, .notProcessed, .refusedForEveryone(_, mayBePaid: false): true
                case .paid, .unknown, .misdirected, .needsHuman, .refusedForEveryone: false
                }
            #expect(MerchantError(method: .payout, cause: cause).mayHaveTakenEffect != isUndone, "\(cause)")
        }
    }
}
