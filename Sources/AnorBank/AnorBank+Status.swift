package import MerchantAPI
package import PaymentValues
package import Payouts
import Processing

extension AnorBank {
    /// Judges an answer about a payment.
    ///
    /// - Parameter id: the id that the bank was asked about.
    package static func judgeStatus(
        _ answer: StatusAnswer, about id: AgentTransactionID, expecting amount: Tiyin
    ) -> StatusFinding {
        // The answer is about another payment.
        if let named = answer.agentTransactionID, named != id.number {
            return .noAnswer(Reason(.answerNotTrusted, httpStatus: answer.httpStatus, bankText: answer.status.rawValue))
        }
        return judgeStatus(answer, expecting: amount)
    }

    package static func judgeStatus(_ answer: StatusAnswer, expecting amount: Tiyin) -> StatusFinding {
        func reason(_ code: ReasonCode) -> Reason {
            Reason(code, httpStatus: answer.httpStatus, bankText: answer.status.rawValue)
        }
        switch answer.status.meaning {
        case .paid:
            guard answer.amount == amount, answer.success != false,
                answer.currency == nil || answer.currency == 860, let id = answer.id, id > 0
            else { return .needsHuman(reason(.unclearAtBank)) }
            return .paid(BankReceipt(bmID: id))
        case .notPaid:
            // “Not paid” allows the row to be sent again. An answer about another amount must not allow that.
            if let stated = answer.amount, stated != amount { return .needsHuman(reason(.unclearAtBank)) }
            if let currency = answer.currency, currency != 860 { return .needsHuman(reason(.unclearAtBank)) }
            return .notPaid(reason(.failedAtBank))
        case .unclear: return .needsHuman(reason(.unclearAtBank))
        case .inProgress: return .inProgress(reason(.inProgress))
        }
    }

    package static func judgeStatus(_ cause: MerchantError.Cause) -> StatusFinding {
        guard case .refused(let bankError) = cause else { return .noAnswer(reason(cause)) }
        switch bankError.catalogued {
        case .billNotFound, .objectNotFound, .notFound:
            return .notFound(
                Reason(.notFoundAtBank, httpStatus: bankError.httpStatus, bankText: bankError.detail))
        default:
            return .noAnswer(reason(cause))
        }
    }
}
