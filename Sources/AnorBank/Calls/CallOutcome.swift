import MerchantAPI

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
        ///
        /// - Parameter mayBeDone: whether the bank may have done it, in spite of the error.
        case change(mayBeDone: Bool)
    }

    package init(of error: MerchantError, _ effect: Effect) {
        switch effect {
        case .none: self.init(ofQuestion: error)
        case .statusQuery where Self.leavesOpen(error): self = .unknown
        case .statusQuery: self.init(ofQuestion: error)
        case .change(mayBeDone: true): self = .unknown
        case .change(mayBeDone: false): self.init(ofUndone: error)
        }
    }

    /// Whether a payment that was asked about may yet be one: the bank does not know it, or failed to say. The code of such a
    /// failure can read as if it told of the payment (`billing_error_reversed`).
    private static func leavesOpen(_ error: MerchantError) -> Bool {
        guard case .refused(let refusal) = error else { return false }
        return refusal.mayHaveTakenEffect || [.billNotFound, .objectNotFound, .notFound].contains(refusal.catalogued)
    }

    /// A question leaves nothing behind.
    private init(ofQuestion error: MerchantError) {
        switch error {
        case .noAnswer: self = .unreachable
        case .untrusted: self = .unknown
        case .unsuccessful: self = .refused
        case .loginFailed, .notSent, .refused: self.init(ofUndone: error)
        }
    }

    private init(ofUndone error: MerchantError) {
        switch error {
        case .refused(let refusal), .loginFailed(.refused(let refusal)):
            if refusal.httpStatus == 429 {
                self = .tooManyRequests
            } else if case .loginFailed = error {
                self = refusal.httpStatus < 500 ? .signInRefused : .unreachable
            } else {
                self = .refused
            }
        case .loginFailed, .notSent, .noAnswer, .untrusted, .unsuccessful: self = .unreachable
        }
    }
}
