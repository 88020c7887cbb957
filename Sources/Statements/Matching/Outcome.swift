/// The result of the matching for a line or a payout. The ledger stores the raw values.
package enum MatchOutcome: UInt8, Hashable, Sendable, CaseIterable {
    /// Not decided yet. At the end no line has this outcome. Only a payout that the statement need not name keeps it.
    case open
    /// The line and the payout agree.
    case agreed
    /// The ledger calls the payout paid, but the statement does not have it.
    case paidNotOnStatement
    /// The statement has the payout, but the ledger does not call it paid.
    case onStatementNotPaid
    /// The line has nothing to do with payouts.
    case foreign
    /// The statement has the payout a second time.
    case twice
    case otherAmount
    /// The bank paid the money back.
    case returned
    /// Several matches are possible, or none is certain. A person decides.
    case ambiguous
}

/// The way in which a line found its payouts. The ledger stores the raw values.
package enum MatchEvidence: UInt8, Hashable, Sendable, CaseIterable {
    case none
    /// The line names an id of the bank or of payout.
    case id
    /// The line names several ids. Their payouts add up to the line.
    case ids
    case card
    case name
    /// The account, amount and day agree.
    case amount
    /// The line is the total of a batch, or of a batch's payouts of one day.
    case batchSum
    /// The line is the total of a day.
    case daySum
    /// The line is a part of a day's payouts, and no other part has this total.
    case partSum
}
