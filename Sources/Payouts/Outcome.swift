/// What one send of a payout proved. It speaks for that send alone; what follows for the row depends on all its sends.
package enum Outcome: Hashable, Sendable {
    case paid(BankReceipt)
    /// The bank refused this row.
    case refused(Reason)
    /// The bank refuses whatever is sent now (no money, no service): the batch pauses. The row stays unsent, unless the
    /// refusal is of a kind (a 500) that says what the bank will not do and not what it has not done.
    case refusedForEveryone(Reason, mayBePaid: Bool)
    /// This send had no effect, and the same id may be sent again.
    case notProcessed(Reason, Resend)
    /// Nobody knows. The bank is asked; nothing is sent again.
    case unknown(Reason)
    /// The bank's answer must be settled by a person.
    case needsHuman(Reason)

    /// When a send without effect may be repeated.
    package enum Resend: Hashable, Sendable {
        /// At once, with a new login.
        case afterLogin
        /// After a pause that grows, and not before the given number of seconds where the bank named one.
        case afterBackoff(atLeastSeconds: Int?)
    }
}
