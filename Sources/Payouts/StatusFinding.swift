/// The bank's answer about an earlier send, asked by agentTranId.
package enum StatusFinding: Hashable, Sendable {
    case paid(BankReceipt)
    case notPaid(Reason)
    /// The bank knows the payout and has not decided.
    case inProgress(Reason)
    /// The bank does not know the payout. That proves nothing, because the request may still be in flight.
    case notFound(Reason)
    case needsHuman(Reason)
    /// The question got no answer that could be read.
    case noAnswer(Reason)
}
