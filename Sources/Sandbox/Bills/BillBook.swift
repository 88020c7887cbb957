import Foundation

/// All bills, and the balance of each card. They are kept in memory only, because a bill lives for minutes.
struct BillBook: Sendable {
    private var bills: [Int64: Bill] = [:]
    /// The newest bill of each agentTranId.
    private var newest: [String: Int64] = [:]
    private var offTheCardTiyin: [String: Int64] = [:]
    private var nextID: Int64 = 935_191

    var all: [Bill] { bills.values.sorted { $0.id < $1.id } }

    func bill(_ id: Int64) -> Bill? {
        bills[id]
    }

    func bill(agentTranId: String) -> Bill? {
        newest[agentTranId].flatMap { bills[$0] }
    }

    /// Handles method 6.
    mutating func open(
        _ order: BillOrder, to recipient: Recipient, seed: UInt64, at now: Date, lifetime: Duration
    ) -> Bill {
        let bill = Bill(
            id: nextID, order: order, recipient: recipient, checkedAt: now, validUntil: now.advanced(by: lifetime),
            code: OneTimeCode(id: nextID, seed: seed, at: now))
        bills[nextID] = bill
        newest[order.agentTranId] = nextID
        nextID += 1
        return bill
    }

    /// Enters the customer's code for an open bill. The caller must send a renewed code.
    mutating func enter(
        _ digits: String, for id: Int64, at now: Date, _ rules: OneTimeCode.Rules
    ) throws(RequestFault) -> OneTimeCode.Entry {
        guard var bill = bills[id] else { throw RequestFault(error: .billNotFound) }
        guard bill.state == .checked, bill.isValid(at: now) else { throw RequestFault(error: .billNotValid) }
        let entry = bill.code.enter(digits, at: now, rules)
        bills[id] = bill
        return entry
    }

    /// Changes both a bill and the balance of its card, or neither.
    mutating func advance(
        _ id: Int64, balanceTiyin: Int64, _ step: (Bill) throws(RequestFault) -> BillState
    ) throws(RequestFault) -> Bill {
        guard var bill = bills[id] else { throw RequestFault(error: .billNotFound) }
        let next = try step(bill)
        let card = bill.order.card
        let already = offTheCardTiyin[card.pan, default: 0]
        let more = next.money.offTheCardTiyin - bill.state.money.offTheCardTiyin
        guard more <= 0 || more <= card.balanceTiyin(usually: balanceTiyin) - already else {
            throw RequestFault(error: .insufficientFunds)
        }
        offTheCardTiyin[card.pan] = already + more
        bill.state = next
        bills[id] = bill
        return bill
    }
}
