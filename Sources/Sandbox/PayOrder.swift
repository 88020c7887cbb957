import Foundation

/// A payment order of method 15. Each field is validated against the document.
struct PayOrder: Sendable, Equatable {
    let agentTranId: Int64
    let account: String
    let mfo: String
    let senderName: String
    let pan: String
    let expiry: String
    let amountTiyin: Int64

    init(body: Data) throws(RequestFault) {
        let wire = try RequestFault.decode(Wire.self, from: body)
        guard wire.from.type == "ACCOUNT", wire.to.type == "PAN", wire.from.currency == 860, wire.to.currency == 860
        else { throw RequestFault(error: .invalidRequest) }
        guard wire.agentTranId > 0, wire.amount > 0,
            Digits.are(wire.from.params.account, count: 20),
            Digits.are(wire.from.params.mfo, count: 5),
            !wire.from.params.name.isEmpty,
            Digits.are(wire.to.params.pan, count: 16),
            Digits.are(wire.to.params.exp, count: 4),
            let month = Int(wire.to.params.exp.prefix(2)), (1...12).contains(month)
        else { throw RequestFault(error: .invalidParams) }
        agentTranId = wire.agentTranId
        account = wire.from.params.account
        mfo = wire.from.params.mfo
        senderName = wire.from.params.name
        pan = wire.to.params.pan
        expiry = wire.to.params.exp
        amountTiyin = wire.amount
    }

    private struct Wire: Decodable {
        let agentTranId: Int64
        let from: From
        let to: To
        let amount: Int64

        struct From: Decodable {
            let type: String
            let currency: Int
            let params: Params

            struct Params: Decodable {
                let account: String
                let mfo: String
                let name: String
            }
        }

        struct To: Decodable {
            let type: String
            let currency: Int
            let params: Params

            struct Params: Decodable {
                let pan: String
                let exp: String
            }
        }
    }
}
