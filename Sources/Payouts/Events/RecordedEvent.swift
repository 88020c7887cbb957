package import Foundation
package import PaymentValues

/// An event of the ledger's log.
package struct RecordedEvent: Hashable, Sendable {
    /// The event's position in the log.
    package let number: Int64
    package let at: Date
    package let who: String
    /// The row's number. `nil` if the event is about the whole batch.
    package let row: Int?
    package let id: AgentTransactionID?
    package let from: PayoutState?
    package let to: PayoutState?
    package let why: EventCause

    package init(
        number: Int64, at: Date, who: String, row: Int? = nil, id: AgentTransactionID? = nil, from: PayoutState? = nil,
        to: PayoutState? = nil, why: EventCause
    ) {
        self.number = number
        self.at = at
        self.who = who
        self.row = row
        self.id = id
        self.from = from
        self.to = to
        self.why = why
    }
}
