import Foundation

/// The body of unregistered-check: the amount, the recipient and the card.
struct BillOrder: Sendable, Equatable {
    let account: String
    let amountTiyin: Int64
    let recipientId: Int64
    let agentTranId: String
    let card: CustomerCard

    /// The largest amount. It keeps the sums of all bills far below the range of an Int64.
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

    /// `amount` is a string in the table and a number in the sample. For `account` and `agentTranId` the sample does
    /// not show the type.
    private struct Wire: Decodable {
        let account: LenientString
        let amount: LenientInt
        let recipientId: Int64
        let agentTranId: LenientString
        let currency: Int
        let params: CardFields
    }
}
