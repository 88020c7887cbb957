package import PaymentValues

/// The answers of a person or a setting to what a file leaves open.
package struct FileChoices: Hashable, Sendable {
    /// The sheet of a workbook; `nil` for the one whose header fits.
    package var sheet: String?
    /// The unit of a column such as “сумма”.
    package var unit: AmountUnit?
    /// The account that pays, for a file without a column of accounts.
    package var account: SettlementAccount?
    package var bankCode: BankCode?
    /// The headings that a sender uses, each with its meaning.
    package private(set) var headings: [String: Column] = [:]
    /// The row of the headings, if a person named the columns.
    package var headerRow: Int?
    /// By place in that row, what the person said; `nil` for a column that is not used.
    package var places: [Int: Column?] = [:]

    /// The columns that people named in earlier files. They count only for a file with the same headings.
    package var remembered: [HeadingsKey: [Int: Column?]] = [:]

    /// Files and folders to search for the original of a marked workbook.
    package var originals: [String] = []

    /// The batch to compare the people with. By default it is the most similar one of the month before.
    package var formerBatch: String?

    package init() {}

    /// Adds a heading of the sender's own.
    package mutating func add(_ heading: String, as column: Column) {
        headings[LetterFold.key(of: heading)] = column
    }

    /// The meaning of each column that a person or a setting named; `nil` where nobody did.
    func meanings(of fields: [String], row: Int) -> [Column??] {
        let known = HeadingsKey(fields).flatMap { remembered[$0] } ?? [:]
        return fields.indices.map { place in
            if row == headerRow, let said = places[place] { return .some(said) }
            if let said = headings[LetterFold.key(of: fields[place])] { return .some(said) }
            return known[place]
        }
    }

    /// Returns whether a person named the columns of this row, or of an earlier file with the same headings.
    func hasAnswer(for fields: [String], row: Int) -> Bool {
        row == headerRow && !places.isEmpty || HeadingsKey(fields).map { remembered[$0] != nil } == true
    }
}

package enum AmountUnit: String, Hashable, Sendable, CaseIterable {
    case som, tiyin

    var column: Column { self == .som ? .amountUZS : .amount }
}
