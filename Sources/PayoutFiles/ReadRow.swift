import PaymentValues
package import Payouts

/// A row of a payout file while it is read.
package struct ReadRow {
    /// The number that Excel shows beside it.
    package let row: Int
    /// Empty where nobody wants them.
    private let fields: [String]
    private let columns: [Column?]
    /// What the row by itself, or with those before it, is to be told of.
    package let findings: [Finding]
    /// `nil` for a row with errors, and for one that is no payout.
    package let payout: Payout?

    init(row: Int, fields: [String], columns: [Column?], findings: [Finding], payout: Payout?) {
        self.row = row
        self.fields = fields
        self.columns = columns
        self.findings = findings
        self.payout = payout
    }

    /// What others than the file know of the row's card.
    package func findingOfCard(_ problem: Problem) -> Finding {
        Finding(
            problem, row: row, column: .pan, value: payout?.card.digits, position: columns.firstIndex(of: .pan))
    }

    /// What stands in the fields, cards masked, an account whole.
    package var shown: [String] {
        fields.enumerated().map { position, field in
            let column = position < columns.count ? columns[position] : nil
            let isAccount = column == .account && field.utf8.count == 20 && field.utf8.allSatisfy(\.isASCIIDigit)
            return isAccount ? field : shownValue(field, in: column)
        }
    }
}

/// A row that is no payout and was passed over.
package struct PassedOver: Hashable, Sendable {
    package let row: Int
    package let kind: Kind

    package enum Kind: Hashable, Sendable {
        case title
        /// The header once more, or in another language.
        case secondHeader
        /// - agrees: whether it says a sum, which is then the sum of the rows.
        case total(agrees: Bool)
    }
}
