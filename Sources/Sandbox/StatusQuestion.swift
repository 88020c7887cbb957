import Foundation

/// The body of /agent/status: an agentTranId or a billId, each as a string or a number.
struct StatusQuestion: Equatable {
    /// The id as text. A bill's agentTranId is any text, a payout's is a number.
    let billAgentTranId: String?
    let billId: Int64?

    var agentTranId: Int64? { billAgentTranId.flatMap { Int64($0) } }

    init(body: Data) throws(RequestFault) {
        let wire = try RequestFault.decode(Wire.self, from: body)
        guard wire.agentTranId != nil || wire.billId != nil else { throw RequestFault(error: .invalidRequest) }
        billAgentTranId = wire.agentTranId?.text
        billId = wire.billId?.value
    }

    /// The id for drawing faults and counting queries.
    var drawID: Int64 {
        if let id = agentTranId ?? billId { return id }
        let bytes = (billAgentTranId ?? "").utf8
        return Int64(bitPattern: bytes.reduce(0) { SeededHash(seed: $0).value(UInt64($1)) })
    }

    private struct Wire: Decodable {
        let agentTranId: LenientString?
        let billId: LenientInt?
    }
}
