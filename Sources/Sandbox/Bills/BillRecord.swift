import Foundation

/// A bill, as GET /sandbox/bills shows it.
package struct BillRecord: Sendable, Equatable {
    package let id: Int64
    package let agentTranId: String
    package let recipientId: Int64
    package let maskedCard: String
    package let amountTiyin: Int64
    package let status: String
    package let money: BillMoney

    init(_ bill: Bill, at now: Date) {
        id = bill.id
        agentTranId = bill.order.agentTranId
        recipientId = bill.recipient.id
        maskedCard = Digits.masked(pan: bill.order.card.pan)
        amountTiyin = bill.order.amountTiyin
        status = bill.status(at: now)
        money = bill.state.money
    }

    var json: JSONText {
        .fields([
            "id": .integer(id), "agentTranId": .string(agentTranId), "recipientId": .integer(recipientId),
            "card": .string(maskedCard), "amount": .integer(amountTiyin), "status": .string(status),
            "held": .integer(money.heldTiyin), "paid": .integer(money.paidTiyin),
            "returned": .integer(money.returnedTiyin),
        ])
    }
}
