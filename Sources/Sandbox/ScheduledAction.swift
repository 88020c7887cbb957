import Foundation

/// An action of the bank at a later time. It is carried out at the next access, with the time at which it was due.
struct ScheduledAction: Sendable {
    let at: Date
    let action: Action

    enum Action: Sendable {
        /// Executes an order whose connection closed earlier.
        case pay(PayOrder)
        /// Returns the money of a payment.
        case reverse(bmId: Int64)
    }
}
