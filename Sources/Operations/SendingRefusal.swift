package import PaymentValues
package import Payouts

/// The reason why a requested run sends nothing.
package enum SendingRefusal: Error, Hashable {
    /// A person other than the batch's maker must approve it in its present form.
    case notApproved(BatchReference, ControlTotals)
    case rejected(BatchReference, by: String, note: String)
    case rowAboveLimit(row: Int, of: BatchReference, limit: Tiyin)
    case batchAboveLimit(BatchReference, sum: Tiyin, limit: Tiyin)
    case dayAboveLimit(sent: Tiyin, toSend: Tiyin, limit: Tiyin)
    /// The batch changed after the person gave consent.
    case changedMeanwhile(BatchReference)
}
