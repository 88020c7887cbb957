import MerchantAPI
import Payouts
import Processing

extension AnorBank {
    static func judgeSignIn(_ failure: MerchantError.Cause) -> SignIn {
        let cause = if case .loginFailed(let cause) = failure { cause } else { failure }
        if case .refused(let bankError) = cause, bankError.httpStatus < 500, bankError.httpStatus != 429 {
            return .refused(reason(cause))
        }
        return .unreachable(reason(cause))
    }

    static func text(_ error: BankError) -> String? {
        error.texts.ru ?? error.texts.title ?? error.texts.en ?? error.detail
    }

    static func reason(_ cause: MerchantError.Cause) -> Reason {
        switch cause {
        case .loginFailed(let cause): return reason(cause)
        case .notSent(let why): return Reason(.bankUnreachable, bankText: why)
        case .noAnswer(.timeout): return Reason(.noAnswerInTime)
        case .noAnswer(.connectionLost(let why)): return Reason(.connectionLost, bankText: why)
        case .noAnswer(.cancelled): return Reason(.interrupted)
        case .untrusted(let status, let why):
            let code: ReasonCode =
                switch status {
                case 300..<400: .redirected
                case 500...: .answerNotCatalogued
                default: .answerNotTrusted
                }
            // A server error may also carry the bank's own text. The client's own text must not be taken for it.
            return Reason(code, httpStatus: status, bankText: code == .answerNotCatalogued ? nil : why)
        case .unsuccessful(let httpStatus, let status, _):
            return Reason(.unclearAtBank, httpStatus: httpStatus, bankText: status)
        case .refused(let error):
            let ours: ReasonCode = error.httpStatus == 429 ? .tooManyRequests : .answerNotCatalogued
            let bare401 = error.httpStatus == 401 && error.detail == nil
            let code =
                error.catalogued.map { ReasonCode(rawValue: $0.rawValue) }
                ?? (bare401 ? ReasonCode(rawValue: CataloguedError.badCredentials.rawValue) : ours)
            return Reason(code, httpStatus: error.httpStatus, bankText: text(error))
        }
    }
}
