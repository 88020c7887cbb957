import MerchantAPI

extension ByHand {
    /// What a failed call comes to.
    struct Ending {
        let outcome: CallDocument.Outcome
        let status: ExitStatus

        static func of(_ error: MerchantError, leaving trace: Trace, mayBeDone: Bool) -> Ending {
            switch trace {
            case .none: of(question: error)
            case .fate: leavesOpen(error) ? unknown : of(question: error)
            case .something, .bill, .transaction: mayBeDone ? unknown : of(undone: error)
            }
        }

        private static let unknown = Ending(outcome: .unknown, status: .someUnsettled)
        private static let unreachable = Ending(outcome: .notDone, status: .bankUnreachable)

        /// Whether a payment that was asked about may yet be one: the bank does not know it, or failed to say. The code of such a
        /// failure can read as if it told of the payment (`billing_error_reversed`).
        private static func leavesOpen(_ error: MerchantError) -> Bool {
            guard case .refused(let refusal) = error else { return false }
            return refusal.mayHaveTakenEffect
                || [.billNotFound, .objectNotFound, .notFound].contains(refusal.catalogued)
        }

        /// A question leaves nothing behind.
        private static func of(question error: MerchantError) -> Ending {
            switch error {
            case .noAnswer: unreachable
            case .untrusted: unknown
            case .unsuccessful: Ending(outcome: .refused, status: .someRefused)
            case .loginFailed, .notSent, .refused: of(undone: error)
            }
        }

        private static func of(undone error: MerchantError) -> Ending {
            switch error {
            case .refused(let refusal), .loginFailed(.refused(let refusal)):
                if refusal.httpStatus == 429 { return Ending(outcome: .notDone, status: .paused) }
                guard case .loginFailed = error else { return Ending(outcome: .refused, status: .someRefused) }
                return refusal.httpStatus < 500 ? Ending(outcome: .refused, status: .configuration) : unreachable
            case .loginFailed, .notSent, .noAnswer, .untrusted, .unsuccessful: return unreachable
            }
        }
    }
}
