/// A payout during the matching. Amounts are plain numbers and texts are keys, because there can be a million of them.
struct PayoutRecord {
    static let unknownCommission: Int64 = -1

    let amount: Int64
    let commission: Int64
    /// The key of the card, or 0 if there is none.
    let card: UInt64
    let name: UInt64
    let batch: Int32
    let row: Int32
    let day: Int32
    /// The index of the payout's line. A negative number is a group.
    var line: Int32 = Link.none
    let attempt: UInt16
    let standing: LedgerPayout.Standing
    var outcome = MatchOutcome.open
    var evidence = MatchEvidence.none
    /// Whether the statement has the commission, within the line or apart from it.
    var hasCommission = false

    /// The amount of the line if the bank debits the commission together with the payout.
    var withCommission: Int64? { commission > 0 ? amount + commission : nil }

    /// Whether a returned payout would change its outcome.
    var isReturnable: Bool { outcome == .agreed || outcome == .open && standing != .notPaid }

    /// Whether it still needs a line.
    var isFree: Bool { standing == .paid && outcome == .open }
}

/// A line of the statement during the matching. It takes 40 bytes.
struct LineRecord {
    let amount: Int64
    /// The key of a card or a name, or 0 if there is none.
    var person: UInt64 = 0
    /// The key of the other side's account, or 0 if there is none.
    let counterAccount: UInt32
    let place: Int32
    let day: Int32
    /// The index of the line's payout. A negative number is a group. A line of many payouts has none: they point to the
    /// line.
    var payout: Int32 = Link.none
    let documentStart: UInt32
    let documentLength: UInt8
    var marks: LineMarks
    var outcome = MatchOutcome.open
    var evidence = MatchEvidence.none

    var isDebit: Bool { marks.contains(.debit) }
}

struct LineMarks: OptionSet {
    let rawValue: UInt8

    static let debit = LineMarks(rawValue: 1)
    /// The words of the line mean a commission.
    static let commissionWord = LineMarks(rawValue: 2)
    /// The words of the line, or the bank's mark, mean a return.
    static let returnWord = LineMarks(rawValue: 4)
    /// The line looks like a payout: it has a card, or an id in the form of an agentTranId.
    static let payoutForm = LineMarks(rawValue: 8)
    /// The line was matched as a commission.
    static let commission = LineMarks(rawValue: 16)
}

/// The target of a record.
enum Link {
    static let none: Int32 = -1

    static func group(_ number: Int) -> Int32 { Int32(-2 - number) }
    static func group(of link: Int32) -> Int? { link <= -2 ? -2 - Int(link) : nil }
}

/// Lines and payouts that belong together, although it is not known which belongs to which.
struct MatchGroup {
    var lines: [Int]
    var payouts: [Int]
}
