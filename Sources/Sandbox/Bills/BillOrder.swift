import Foundation

/// The body of unregistered-check: what is to be paid, to whom, from which card.
struct BillOrder: Sendable, Equatable {
    let account: String
    let amountTiyin: Int64
    let recipientId: Int64
    let agentTranId: String
    let card: CustomerCard

    /// So that the sums of a card's bills stay far below what an Int64 holds.
    static let mostTiyin: Int64 = 1_000_000_000_000_000

    init(body: Data) throws(RequestFault) {
        let wire = try RequestFault.decode(Wire.self, from: body)
        guard wire.currency == 860 else { throw RequestFault(error: .invalidRequest) }
        guard !wire.account.text.isEmpty, !wire.agentTranId.text.isEmpty, wire.amount.value > 0 else {
            throw RequestFault(error: .invalidParams)
        }
        guard wire.amount.value <= Self.mostTiyin else { throw RequestFault(error: .limitExceeded) }
        account = wire.account.text
        amountTiyin = wire.amount.value
        recipientId = wire.recipientId
        agentTranId = wire.agentTranId.text
        card = try wire.params.card()
    }

    /// The table has `amount` as a string, the sample as a number; of `account` and `agentTranId` the sample leaves open
    /// which they are.
    private struct Wire: Decodable {
        let account: TextOrNumber
        let amount: NumberOrText
        let recipientId: Int64
        let agentTranId: TextOrNumber
        let currency: Int
        let params: CardFields
    }
}
