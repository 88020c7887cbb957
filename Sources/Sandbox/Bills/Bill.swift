import Foundation

/// A bill that a customer owes to a recipient. It exists from its check on.
struct Bill: Sendable {
    let id: Int64
    let order: BillOrder
    let recipient: Recipient
    let checkedAt: Date
    /// The time until which it can be paid or held.
    let validUntil: Date
    var code: OneTimeCode
    var state = BillState.checked

    func isValid(at now: Date) -> Bool { now < validUntil }

    /// Returns the status for /agent/status.
    func status(at now: Date) -> String {
        switch state {
        case .checked: isValid(at: now) ? "CHECK_OK" : "EXPIRED"
        case .paid, .confirmed: "SUCCESS"
        case .held: "HOLD_SUCCESS"
        case .reversed, .cancelled: "CANCELLED"
        }
    }

    /// The amount held, paid or returned, or the amount due if nothing happened yet.
    var amountTiyin: Int64 {
        let money = state.money
        switch state {
        case .checked: return order.amountTiyin
        case .paid, .held, .confirmed: return money.offTheCardTiyin
        case .reversed, .cancelled: return money.returnedTiyin
        }
    }
}
