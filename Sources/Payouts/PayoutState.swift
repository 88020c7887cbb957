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

    /// The index among all cases, for a count by state in an array: a dictionary would hash the raw values.
    package var index: Int {
        switch self {
        case .queued: 0
        case .sending: 1
        case .paid: 2
        case .refused: 3
        case .unknown: 4
        case .review: 5
        case .withdrawn: 6
        }
    }
}
