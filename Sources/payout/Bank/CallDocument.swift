import MerchantAPI

/// The one JSON document on a method called by hand.
struct CallDocument: Encodable {
    let method: String
    let outcome: Outcome
    var answer: ShownFields?
    var error: Refusal?
    /// What to do now.
    var advice: String?

    enum Outcome: String, Encodable {
        case done
        /// The bank said no.
        case refused
        /// It did not come to it: no connection, no login in time, too many requests.
        case notDone
        /// It may have been done.
        case unknown
    }

    struct Refusal: Encodable {
        /// The bank's code, or its word where that is no success.
        let code: String?
        let httpStatus: Int?
        let text: String

        init(_ error: MerchantError, text: String) {
            self.text = text
            switch error.cause {
            case .refused(let refusal), .loginFailed(.refused(let refusal)):
                (code, httpStatus) = (refusal.detail, refusal.httpStatus)
            case .unsuccessful(let httpStatus, let status, _): (code, self.httpStatus) = (status, httpStatus)
            case .untrusted(let httpStatus, _): (code, self.httpStatus) = (nil, httpStatus)
            case .loginFailed, .notSent, .noAnswer: (code, httpStatus) = (nil, nil)
            }
        }
    }
}
