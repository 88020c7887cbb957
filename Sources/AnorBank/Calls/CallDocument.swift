package import MerchantAPI
package import Payouts

/// The JSON document about one method that was called by hand.
package struct CallDocument: Encodable {
    let method: String
    let outcome: Outcome
    var answer: AnswerFields?
    var error: Refusal?
    /// The next step for the person.
    var advice: String?

    enum Outcome: String, Encodable {
        case done, refused, notDone, unknown
    }

    struct Refusal: Encodable {
        /// The bank's code, or its word for the status if that is not success.
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

    package init(_ method: String, answer: AnswerFields) {
        self.method = method
        outcome = .done
        self.answer = answer
    }

    package init(
        _ method: String, _ outcome: CallOutcome, error: MerchantError, in language: Language, advice: String?
    ) {
        self.method = method
        self.outcome =
            switch outcome {
            case .refused, .signInRefused: .refused
            case .unreachable, .tooManyRequests: .notDone
            case .unknown: .unknown
            }
        self.error = Refusal(error, text: error.cause.text(in: language))
        self.advice = advice
    }
}

extension MerchantError.Cause {
    /// Describes a failed call in the person's language, with the bank's reason.
    package func text(in language: Language) -> String {
        switch self {
        case .loginFailed(.refused(let refusal)):
            return
                "the login at the bank failed, nothing was sent: \(Self.refused(refusal).text(in: language))"
        case .refused(let refusal):
            let text = refusal.catalogued.flatMap {
                AnorBank.catalogue.text(of: ReasonCode($0), in: language)
            }
            return text.map { "the bank refused: \($0) (\(refusal.detail ?? ""), HTTP \(refusal.httpStatus))" }
                ?? description
        default: return description
        }
    }
}
