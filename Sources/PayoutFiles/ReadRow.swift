import PaymentValues
package import Payouts

/// A row of a payout file, as it was read.
package struct ReadRow {
    /// The row's number in Excel.
    package let row: Int
    /// The fields. It is empty if nobody needs them.
    private let fields: [String]
    private let columns: [Column?]
    /// The findings about the row, alone or compared with earlier rows.
    package let findings: [Finding]
    /// The payout. `nil` for a row with errors, and for a row that is not a payout.
    package let payout: Payout?

    init(row: Int, fields: [String], columns: [Column?], findings: [Finding], payout: Payout?) {
        self.row = row
        self.fields = fields
        self.columns = columns
        self.findings = findings
        self.payout = payout
    }

    /// Returns a finding about the row's card that comes from outside the file.
    package func findingOfCard(_ problem: Problem) -> Finding {
        Finding(
            problem, row: row, column: .pan, value: payout?.card.digits, position: columns.firstIndex(of: .pan))
    }

    /// The texts of the fields. Cards are masked, but an account is complete.
    package var shown: [String] {
        fields.enumerated().map { position, field in
            let column = position < columns.count ? columns[position] : nil
            let isAccount = column == .account && field.utf8.count == 20 && field.utf8.allSatisfy(\.isASCIIDigit)
            return isAccount ? field : shownValue(field, in: column)
        }
    }
}

/// A row that is not a payout and was skipped.
package struct PassedOver: Hashable, Sendable {
    package let row: Int
    package let kind: Kind

    package enum Kind: Hashable, Sendable {
        case title
        /// The header is repeated, perhaps in another language.
        case secondHeader
        /// A total row.
        /// - Parameter agrees: whether it states a total. The total then equals that of the rows.
        case total(agrees: Bool)
    }
}
