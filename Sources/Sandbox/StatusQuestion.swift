import Foundation

/// The body of /agent/status: an agentTranId or a billId, each a string or a number.
struct StatusQuestion: Equatable {
    let agentTranId: Int64?
    let billId: Int64?

    init(body: Data) throws(RequestFault) {
        let wire = try RequestFault.decode(Wire.self, from: body)
        guard wire.agentTranId != nil || wire.billId != nil else { throw RequestFault(error: .invalidRequest) }
        agentTranId = wire.agentTranId?.value
        billId = wire.billId?.value
    }

    private struct Wire: Decodable {
        let agentTranId: Number?
        let billId: Number?
    }

    private struct Number: Decodable {
        let value: Int64

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            do {
                value = try container.decode(Int64.self)
            } catch DecodingError.typeMismatch {
                let text = try container.decode(String.self)
                guard let number = Int64(text) else {
                    throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a number")
                }
                value = number
            }
        }
    }
}
