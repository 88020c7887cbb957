/// A column of a payout file. Raw values are what the header says.
package enum Column: String, Hashable, Sendable, CaseIterable {
    case account
    case mfo
    case pan
    case exp
    /// In tiyin.
    case amount
    /// In so'm, with at most two decimals.
    case amountUZS = "amount_uzs"
    /// The recipient's name, for the report.
    case name
    /// The accountant's own key of the row, for the report.
    case id

    /// - Parameter header: A field of the header row, in any case.
    init?(header: String) {
        self.init(rawValue: trimmed(header).lowercased())
    }

    /// What every file must have, besides one of the two amounts.
    static let required: [Column] = [.account, .mfo, .pan, .exp]
}
