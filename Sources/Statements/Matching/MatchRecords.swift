/// A payout while it is matched. Sums are kept as bare numbers, and texts as keys: there can be a million of them.
struct PayoutRecord {
    static let unknownCommission: Int64 = -1

    let amount: Int64
    let commission: Int64
    /// Zero where there is none.
    let card: UInt64
    let name: UInt64
    let batch: Int32
    let row: Int32
    let day: Int32
    /// The line of the payout, or a group where it is negative.
    var line: Int32 = Link.none
    let attempt: UInt16
    let standing: LedgerPayout.Standing
    var outcome = MatchOutcome.open
    var evidence = MatchEvidence.none
    /// Whether the statement has the commission, within the line or apart from it.
    var hasCommission = false

    /// What the line has where the bank takes the commission with the payout.
    var withCommission: Int64? { commission > 0 ? amount + commission : nil }

    /// Whether a return says the last word about it.
    var isReturnable: Bool { outcome == .agreed || outcome == .open && standing != .notPaid }

    /// Whether it still needs a line.
    var isFree: Bool { standing == .paid && outcome == .open }
}

/// A line of the statement while it is matched.
struct LineRecord {
    let amount: Int64
    /// A card or a name; zero where there is none.
    var person: UInt64 = 0
    let counterAccount: UInt64
    let place: Int32
    let day: Int32
    /// The payout of the line, or a group where it is negative. A line of many payouts has none: they name the line.
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
    /// Its words speak of a commission.
    static let commissionWord = LineMarks(rawValue: 2)
    /// Its words, or the bank's mark, speak of a return.
    static let returnWord = LineMarks(rawValue: 4)
    /// It has the form of a payout: a card, or an id of our form.
    static let payoutForm = LineMarks(rawValue: 8)
    /// It was matched as a commission.
    static let commission = LineMarks(rawValue: 16)
}

/// Where a record points to.
enum Link {
    static let none: Int32 = -1

    static func group(_ number: Int) -> Int32 { Int32(-2 - number) }
    static func group(of link: Int32) -> Int? { link <= -2 ? -2 - Int(link) : nil }
}

/// Lines and payouts of which it is open which belong together.
struct MatchGroup {
    var lines: [Int]
    var payouts: [Int]
}
