/// What the bank says of an earlier send when it is asked by agentTranId.
package enum StatusFinding: Hashable, Sendable {
    case paid(BankReceipt)
    case notPaid(Reason)
    /// The bank knows it and has not decided.
    case inProgress(Reason)
    /// The bank does not know it: no proof, for the request may still be on its way.
    case notFound(Reason)
    case needsHuman(Reason)
    /// The question itself got no answer that could be read.
    case noAnswer(Reason)
}
