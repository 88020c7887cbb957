import Payouts

/// The question what became of a payment (BM-MERCHANT-API 6.1, method 14), by the agent's own id.
public struct StatusRequest: Hashable, Sendable {
    public let id: AgentTransactionID

    public init(id: AgentTransactionID) {
        self.id = id
    }
}

extension StatusRequest: MerchantMethod {
    static let path = "/services/bmms/api/agent/status"
    static let mayBeAskedAgain = true

    /// The document gives `agentTranId` as a string here, and as a number for the payout.
    var body: JSONValue { .object(["agentTranId": .string(String(id.number))]) }

    static func read(_ json: JSONValue, httpStatus: Int) throws(MerchantError) -> StatusAnswer {
        try StatusAnswer(json, httpStatus: httpStatus)
    }
}
