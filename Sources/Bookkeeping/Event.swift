import Foundation
import PaymentValues
import Payouts

/// One line of the event log: the change of a batch or of one of its rows, and its cause.
struct Event {
    let batch: BatchID
    var row: Int?
    var id: AgentTransactionID?
    var from: PayoutState?
    var to: PayoutState?
    let why: EventCause
    /// The signature of data that other tables store for the event, such as the bank's receipt.
    var evidence: Data?
}
