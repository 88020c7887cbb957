import Payouts

/// Why nothing is sent, though somebody asked for it.
package enum SendingRefusal: Error, Hashable {
    /// Another person than those who made the batch must approve it as it stands.
    case notApproved(BatchReference, ControlTotals)
    case rowAboveLimit(row: Int, of: BatchReference, limit: Tiyin)
    case batchAboveLimit(BatchReference, sum: Tiyin, limit: Tiyin)
    case dayAboveLimit(sent: Tiyin, toSend: Tiyin, limit: Tiyin)
    /// The batch is no longer what the person agreed to.
    case changedMeanwhile(BatchReference)
}
