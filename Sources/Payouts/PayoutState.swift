/// The state of a payout. The ledger stores the raw values.
package enum PayoutState: String, Hashable, Sendable, CaseIterable {
    /// The row waits to be sent. No request that could pay it is in flight.
    case queued
    /// The row is claimed. A request may be in flight now.
    case sending
    case paid
    /// The bank has definitively refused this attempt.
    case refused
    /// A request was sent and its result is not known. The row is never sent again. The program asks the bank.
    case unknown
    /// The bank's answer is unclear. A person must clear the row with the bank.
    case review
    /// A person decided that the row must not be paid.
    case withdrawn

    /// The index among all cases. It lets an array hold counts by state: a dictionary would hash the raw values.
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
