package import MerchantAPI

/// What a failed call of one method comes to, for the person who made it by hand.
package enum CallOutcome: Hashable, Sendable {
    /// The bank said no.
    case refused
    /// The bank does not let this user in.
    case signInRefused
    /// It did not come to it: no connection, or no login in time.
    case unreachable
    case tooManyRequests
    /// It may have been done.
    case unknown

    /// What a call can change at the bank.
    package enum Effect: Sendable {
        /// It only asks.
        case none
        /// It asks what became of a payment. That the bank does not know it proves nothing.
        case statusQuery
        /// It moves money, or leaves something that a person can look for.
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

    /// Whether a payment that was asked about may yet be one: the bank does not know it, or failed to say. The code of such a
    /// failure can read as if it told of the payment (`billing_error_reversed`).
    private static func leavesOpen(_ cause: MerchantError.Cause) -> Bool {
        guard case .refused(let refusal) = cause else { return false }
        return !refusal.provesNothingWasDone(by: .status)
            || [.billNotFound, .objectNotFound, .notFound].contains(refusal.catalogued)
    }

    /// A question leaves nothing behind.
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
