package import PaymentValues
package import Payouts

/// Why nothing is sent, though somebody asked for it.
package enum Refusal: Error, Hashable {
    /// Another person than those who made the batch must approve it as it stands.
    case notApproved(BatchReference, ControlTotals)
    case rowAboveLimit(row: Int, of: BatchReference, limit: Tiyin)
    case batchAboveLimit(BatchReference, sum: Tiyin, limit: Tiyin)
    case dayAboveLimit(sent: Tiyin, toSend: Tiyin, limit: Tiyin)
    /// It is not any more what the person agreed to.
    case changedMeanwhile(BatchReference)
}

extension Refusal: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notApproved(let batch, let totals):
            "batch “\(batch)” waits for approval by another person than those who imported or corrected it: "
                + "payout approve \"\(batch)\" --rows N --sum \"S UZS\", with the totals from their own source "
                + "(the batch has \(totals.rows) rows for \(totals.sum) so'm). Nothing was sent"
        case .rowAboveLimit(let row, let batch, let limit):
            "row \(row) of batch “\(batch)” is above the limit of \(limit) so'm for one row (PAYOUT_MAX_ROW): "
                + "withdraw it, or have the limit raised. Nothing was sent"
        case .batchAboveLimit(let batch, let sum, let limit):
            "batch “\(batch)” comes to \(sum) so'm, above the limit of \(limit) so'm for one batch (PAYOUT_MAX_BATCH): "
                + "split the file, or have the limit raised. Nothing was sent"
        case .dayAboveLimit(let sent, let toSend, let limit):
            "\(sent) so'm were sent today and \(toSend) so'm are to follow, together above the limit of \(limit) so'm "
                + "for one day (PAYOUT_MAX_DAY): run the batch on another day, or have the limit raised. Nothing was sent"
        case .changedMeanwhile(let batch):
            "batch “\(batch)” was changed by somebody else meanwhile: nothing was sent; run again"
        }
    }
}
