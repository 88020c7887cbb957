package import PaymentValues

/// The result that one send of a payout proved. It is about this send only. The state of the row follows from all its
/// sends.
package enum Outcome: Hashable, Sendable {
    case paid(BankReceipt)
    /// The bank refused this row.
    case refused(Reason)
    /// The bank refuses every row for now (no money, no service), so the batch pauses. The row stays unsent if the
    /// refusal proves that it was not paid. A 500 does not prove it.
    case refusedForEveryone(Reason, mayBePaid: Bool)
    /// This send had no effect. The same id may be sent again.
    case notProcessed(Reason, Resend)
    /// The result is not known. The program asks the bank and sends nothing again.
    case unknown(Reason)
    /// The bank answered about another payment, so the result is not known. The other payment may have got the answer to
    /// this one. An error names no payment, so a refusal of the other proves nothing.
    case misdirected(AgentTransactionID, Reason)
    /// A person must settle the bank's answer.
    case needsHuman(Reason)

    /// The time when a send without effect may be repeated.
    package enum Resend: Hashable, Sendable {
        /// Immediately, with a new login.
        case afterLogin
        /// After a pause that grows. If the bank named a number of seconds, the pause is at least that long.
        case afterBackoff(atLeastSeconds: Int?)
    }
}
