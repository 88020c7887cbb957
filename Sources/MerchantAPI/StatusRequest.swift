public import PaymentValues

/// Asks for the status of a payment (BM-MERCHANT-API 6.1, method 14). The payment is named by the bank's number of the
/// bill, or by the agent's own id. The document requires at least one of the two.
public struct StatusRequest: Hashable, Sendable {
    /// The bill or the transaction that the request is about.
    public let subject: Subject

    /// The two ways to name a payment.
    @nonexhaustive
    public enum Subject: Hashable, Sendable {
        case bill(BillID)
        case transaction(AgentReference)
    }

    /// Makes a request about one payment.
    public init(_ subject: Subject) {
        self.subject = subject
    }

    /// Asks about a payout (method 15).
    public init(id: AgentTransactionID) {
        subject = .transaction(AgentReference(id))
    }
}

extension StatusRequest: MerchantRequest {
    static let method = MerchantMethod.status
    static let path = "/services/bmms/api/agent/status"
    static let mayBeAskedAgain = true

    /// The body of the request. In the document `agentTranId` is a string here, and a number in a payout.
    var body: JSONValue {
        switch subject {
        case .bill(let bill): .object(["billId": bill.json])
        case .transaction(let reference): .object(["agentTranId": .string(reference.text)])
        }
    }

    static func read(_ json: JSONValue, httpStatus: Int) throws(MerchantError.Cause) -> StatusAnswer {
        try StatusAnswer(json, httpStatus: httpStatus)
    }

    /// Verifies the id of the bill. An answer about an agent's id has no agentTranId to check.
    func verify(_ answer: StatusAnswer) throws(MerchantError.Cause) {
        if case .bill(let bill) = subject, let id = answer.id, id != bill.number {
            throw .untrusted(httpStatus: answer.httpStatus, why: "it is about another bill")
        }
    }
}
