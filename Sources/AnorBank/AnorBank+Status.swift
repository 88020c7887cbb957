package import MerchantAPI
package import PaymentValues
package import Payouts
import Processing

extension AnorBank {
    package static func judgeStatus(_ answer: StatusAnswer, expecting amount: Tiyin) -> StatusFinding {
        func reason(_ code: ReasonCode) -> Reason {
            Reason(code, httpStatus: answer.httpStatus, bankText: answer.status)
        }
        switch answer.status {
        case "SUCCESS":
            guard answer.amount == amount, answer.success != false,
                answer.currency == nil || answer.currency == 860, let id = answer.id, id > 0
            else { return .needsHuman(reason(.unclearAtBank)) }
            return .paid(BankReceipt(bmID: id))
        case "FAILED", "CHECK_FAIL", "EXPIRED", "CANCELLED", "REVERSED", "SENDER_CANCELLED":
            // "Not paid" frees the row for another send, so an answer about another amount must not decide it.
            if let stated = answer.amount, stated != amount { return .needsHuman(reason(.unclearAtBank)) }
            if let currency = answer.currency, currency != 860 { return .needsHuman(reason(.unclearAtBank)) }
            return .notPaid(reason(.failedAtBank))
        case "CANCEL_FAILED", "RECIPIENT_CANCELLED", "GATEWAY_FAILED":
            return .needsHuman(reason(.unclearAtBank))
        case let status
        where status.hasSuffix("_NEED_CONFIRM") || status.hasPrefix("HOLD_") || status.hasPrefix("INVOICE_"):
            return .needsHuman(reason(.unclearAtBank))
        default:
            return .inProgress(reason(.inProgress))
        }
    }

    package static func judgeStatus(_ error: MerchantError) -> StatusFinding {
        guard case .refused(let bankError) = error else { return .noAnswer(reason(error)) }
        switch bankError.catalogued {
        case .billNotFound, .objectNotFound, .notFound:
            return .notFound(
                Reason(.notFoundAtBank, httpStatus: bankError.httpStatus, bankText: bankError.detail))
        default:
            return .noAnswer(reason(error))
        }
    }
}
