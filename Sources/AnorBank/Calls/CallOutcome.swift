package import MerchantAPI

/// The outcome of a failed call that a person made by hand.
package enum CallOutcome: Hashable, Sendable {
    /// The bank refused the call.
    case refused
    /// The bank refused the login.
    case signInRefused
    /// The call was not sent: no connection, or no login in time.
    case unreachable
    case tooManyRequests
    /// The call may have taken effect.
    case unknown

    /// The effect that a call can have at the bank.
    package enum Effect: Sendable {
        /// The call only asks.
        case none
        /// The call asks for the status of a payment. “Not found” proves nothing.
        case statusQuery
        /// The call moves money, or changes something else that can be looked up at the bank.
        case change
    }

    package init(of error: MerchantError, _ effect: Effect) {
        switch effect {
        case .none: self.init(ofQuestion: error.cause)
        case .statusQuery where Self.leavesOpen(error.cause): self = .unknown
        case .statusQuery: self.init(ofQuestion: error.cause)
        case .change where error.mayHaveTakenEffect: self = .unknown
        case .change: self.init(ofUndone: error.cause)
        }
    }

    /// Returns whether the payment may still exist although the bank does not know it or failed to say. The code of
    /// such a failure can look like a statement about the payment (`billing_error_reversed`).
    private static func leavesOpen(_ cause: MerchantError.Cause) -> Bool {
        guard case .refused(let refusal) = cause else { return false }
        return !refusal.provesNothingWasDone(by: .status)
            || [.billNotFound, .objectNotFound, .notFound].contains(refusal.catalogued)
    }

    /// Judges a failed question. A question changes nothing.
    private init(ofQuestion cause: MerchantError.Cause) {
        switch cause {
        case .noAnswer: self = .unreachable
        case .untrusted: self = .unknown
        case .unsuccessful: self = .refused
        case .loginFailed, .notSent, .refused: self.init(ofUndone: cause)
        }
    }

    private init(ofUndone cause: MerchantError.Cause) {
        switch cause {
        case .refused(let refusal), .loginFailed(.refused(let refusal)):
            if refusal.httpStatus == 429 {
                self = .tooManyRequests
            } else if case .loginFailed = cause {
                self = refusal.httpStatus < 500 ? .signInRefused : .unreachable
            } else {
                self = .refused
            }
        case .loginFailed, .notSent, .noAnswer, .untrusted, .unsuccessful: self = .unreachable
        }
    }
}
