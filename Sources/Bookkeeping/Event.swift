import Foundation
import PaymentValues
import Payouts

/// One line of the event log: what happened to a batch or to one of its rows, and why.
struct Event {
    let batch: BatchID
    var row: Int?
    var id: AgentTransactionID?
    var from: PayoutState?
    var to: PayoutState?
    let why: EventCause
    /// Signs the data that other tables store for the event, such as the bank's receipt.
    var evidence: Data?
}
