import MerchantAPI

extension ByHand {
    /// What a failed call comes to.
    struct Ending {
        let outcome: CallDocument.Outcome
        let status: ExitStatus

        static func of(_ error: MerchantError, leaving trace: Trace) -> Ending {
            switch trace {
            case .none: of(question: error.cause)
            case .fate: leavesOpen(error.cause) ? unknown : of(question: error.cause)
            case .something, .bill, .transaction: error.mayHaveTakenEffect ? unknown : of(undone: error.cause)
            }
        }

        private static let unknown = Ending(outcome: .unknown, status: .someUnsettled)
        private static let unreachable = Ending(outcome: .notDone, status: .bankUnreachable)

        /// Whether a payment that was asked about may yet be one: the bank does not know it, or failed to say. The code of such a
        /// failure can read as if it told of the payment (`billing_error_reversed`).
        private static func leavesOpen(_ cause: MerchantError.Cause) -> Bool {
            guard case .refused(let refusal) = cause else { return false }
            return !refusal.provesNothingWasDone(by: .status)
                || [.billNotFound, .objectNotFound, .notFound].contains(refusal.catalogued)
        }

        /// A question leaves nothing behind.
        private static func of(question cause: MerchantError.Cause) -> Ending {
            switch cause {
            case .noAnswer: unreachable
            case .untrusted: unknown
            case .unsuccessful: Ending(outcome: .refused, status: .someRefused)
            case .loginFailed, .notSent, .refused: of(undone: cause)
            }
        }

        private static func of(undone cause: MerchantError.Cause) -> Ending {
            switch cause {
            case .refused(let refusal), .loginFailed(.refused(let refusal)):
                if refusal.httpStatus == 429 { return Ending(outcome: .notDone, status: .paused) }
                guard case .loginFailed = cause else { return Ending(outcome: .refused, status: .someRefused) }
                return refusal.httpStatus < 500 ? Ending(outcome: .refused, status: .configuration) : unreachable
            case .loginFailed, .notSent, .noAnswer, .untrusted, .unsuccessful: return unreachable
            }
        }
    }
}
