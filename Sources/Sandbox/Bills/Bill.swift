import Foundation

/// What a customer owes a recipient, from its check on.
struct Bill: Sendable {
    let id: Int64
    let order: BillOrder
    let recipient: Recipient
    let checkedAt: Date
    /// Until then it can be paid or held.
    let validUntil: Date
    var code: OneTimeCode
    var state = BillState.checked

    func isValid(at now: Date) -> Bool { now < validUntil }

    /// What /agent/status says.
    func status(at now: Date) -> String {
        switch state {
        case .checked: isValid(at: now) ? "CHECK_OK" : "EXPIRED"
        case .paid, .confirmed: "SUCCESS"
        case .held: "HOLD_SUCCESS"
        case .reversed, .cancelled: "CANCELLED"
        }
    }

    /// What the bill is about now: what is held, paid or went back, or what it asks for.
    var amountTiyin: Int64 {
        let money = state.money
        switch state {
        case .checked: return order.amountTiyin
        case .paid, .held, .confirmed: return money.offTheCardTiyin
        case .reversed, .cancelled: return money.returnedTiyin
        }
    }
}
