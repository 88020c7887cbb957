package import PaymentValues

/// What a person or a setting says about a file where the file itself does not say it.
package struct FileChoices: Hashable, Sendable {
    /// The sheet of a workbook; `nil` for the one whose header fits.
    package var sheet: String?
    /// The unit of a column such as “сумма”.
    package var unit: AmountUnit?
    /// The account that pays, for a file without a column of accounts.
    package var account: SettlementAccount?
    package var bankCode: BankCode?
    /// The headings that a sender uses, each with what it means.
    package private(set) var headings: [String: Column] = [:]
    /// The row that names the columns, if a person said what they are.
    package var headerRow: Int?
    /// By place in that row, what the person said; `nil` for a column that is not used.
    package var places: [Int: Column?] = [:]

    /// Files, or folders with files, among which the original of a marked workbook may be.
    package var originals: [String] = []

    /// The batch to compare the people with. By default it is the most similar one of the month before.
    package var formerBatch: String?

    package init() {}

    /// Adds a heading of the sender's own.
    package mutating func add(_ heading: String, as column: Column) {
        headings[LetterFold.key(of: heading)] = column
    }

    /// The meaning of a column that a person or a setting named; `nil` where nobody did.
    func meaning(of heading: String, at place: Int, row: Int) -> Column?? {
        if row == headerRow, let said = places[place] { return .some(said) }
        if let said = headings[LetterFold.key(of: heading)] { return .some(said) }
        return nil
    }
}

package enum AmountUnit: String, Hashable, Sendable, CaseIterable {
    case som, tiyin

    var column: Column { self == .som ? .amountUZS : .amount }
}
