/// Where a payout stands. Raw values are what the ledger stores.
package enum PayoutState: String, Hashable, Sendable, CaseIterable {
    /// Waits to be sent. Nothing that could be paid is on its way.
    case queued
    /// Claimed: a request may be on its way at this moment.
    case sending
    case paid
    /// The bank has definitively refused this attempt.
    case refused
    /// A request left and nobody knows what became of it. Never sent again; the bank is asked.
    case unknown
    /// A person must decide.
    case review
    /// A person decided that the row shall not be paid.
    case withdrawn

    /// By its place among the cases: where there are raw values, Swift would hash these, and a run keeps its counts by state.
    package func hash(into hasher: inout Hasher) {
        unsafe withUnsafeBytes(of: self) { unsafe hasher.combine(bytes: $0) }
    }
}
