package import MerchantAPI
package import PaymentValues
package import Payouts
import Processing

extension AnorBank {
    /// Returns paid only if every field agrees with the order. If one does not, the outcome is unknown.
    package static func judge(_ answer: PayoutAnswer, for order: PayoutOrder) -> Outcome {
        guard answer.proves(order), let bmID = answer.bmID else {
            let reason = Reason(.answerNotTrusted, httpStatus: answer.httpStatus, bankText: answer.statusMessage)
            guard answer.agentTransactionID != order.id.number else { return .unknown(reason) }
            do {
                return .misdirected(try AgentTransactionID(answer.agentTransactionID), reason)
            } catch {
                return .unknown(reason)
            }
        }
        return .paid(
            BankReceipt(
                bmID: bmID, commission: answer.sender?.commissionText,
                commissionAmount: answer.sender?.commissionAmount.flatMap(Self.believable),
                senderExtID: answer.sender?.extID, recipientExtID: answer.recipient?.extID))
    }

    /// Returns a commission, or `nil` if no bank takes so much. The report has the bank's text in any case. A sum of such
    /// amounts would not fit.
    static func believable(_ commission: Tiyin) -> Tiyin? {
        (0...1_000_000_000_000).contains(commission.count) ? commission : nil
    }

    package static func judge(_ cause: MerchantError.Cause) -> Outcome {
        switch cause {
        case .loginFailed(let cause): judgeLogin(cause)
        case .notSent(let why):
            .notProcessed(Reason(.bankUnreachable, bankText: why), .afterBackoff(atLeastSeconds: nil))
        case .noAnswer, .untrusted, .unsuccessful: .unknown(reason(cause))
        case .refused(let bankError): judge(bankError)
        }
    }

    private static func judge(_ error: BankError) -> Outcome {
        let reason = reason(.refused(error))
        // A 429 with an error of the catalogue contradicts itself: behind some of these errors money may have moved.
        if error.httpStatus == 429, error.detail.flatMap(CataloguedError.init(rawValue:)) == nil {
            return .notProcessed(
                Reason(.tooManyRequests, httpStatus: 429, bankText: text(error)),
                .afterBackoff(atLeastSeconds: error.retryAfterSeconds))
        }
        if error.httpStatus == 401, error.detail == nil { return .notProcessed(reason, .afterLogin) }
        return switch error.catalogued?.meaning {
        case .refusedRow: .refused(reason)
        case .refusedEveryone: .refusedForEveryone(reason, mayBePaid: error.catalogued?.httpStatus ?? 500 >= 500)
        case .notProcessed: .notProcessed(reason, .afterLogin)
        case .human: .needsHuman(reason)
        case .unknown, nil: .unknown(reason)
        }
    }

    /// Judges a failed login. The payout was not sent, whatever happened to the login.
    private static func judgeLogin(_ cause: MerchantError.Cause) -> Outcome {
        let reason = reason(cause)
        guard case .refused(let error) = cause, error.httpStatus != 429 else {
            var seconds: Int?
            if case .refused(let error) = cause { seconds = error.retryAfterSeconds }
            return .notProcessed(reason, .afterBackoff(atLeastSeconds: seconds))
        }
        return error.httpStatus >= 500
            ? .notProcessed(reason, .afterBackoff(atLeastSeconds: nil)) : .refusedForEveryone(reason, mayBePaid: false)
    }
}
