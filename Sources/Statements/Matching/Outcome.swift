/// What became of a line of the statement, or of a payout of the ledger. Raw values are what the ledger stores.
package enum MatchOutcome: UInt8, Hashable, Sendable, CaseIterable {
    /// Not decided yet. No line has it at the end; a payout has it that the statement need not name.
    case open
    /// Line and payout agree.
    case agreed
    /// The ledger calls it paid, and the statement does not have it.
    case paidNotOnStatement
    /// The statement has it, and the ledger does not call it paid.
    case onStatementNotPaid
    /// Has nothing to do with payouts.
    case foreign
    /// The statement has a payout once more.
    case twice
    case otherAmount
    /// The bank paid the money back.
    case returned
    /// More than one answer fits, or none with certainty. A person decides.
    case ambiguous
}

/// How a line found its payouts. Raw values are what the ledger stores.
package enum MatchEvidence: UInt8, Hashable, Sendable, CaseIterable {
    case none
    /// The line names an id of the bank or of payout.
    case id
    /// The line names many ids, whose payouts add up to it.
    case ids
    case card
    case name
    /// Account, amount and day.
    case amount
    /// The sum of a batch, or of a batch's payouts of one day.
    case batchSum
    /// The sum of a day.
    case daySum
    /// A part of a day's payouts. It is the only part with this sum.
    case partSum
}
