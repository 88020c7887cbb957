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

    /// Returns the place of a column. Both columns of amounts count as one.
    package func position(of column: Column) -> Int? {
        columns.firstIndex { $0 == column || column == .amount && $0 == .amountUZS }
    }

    /// Returns a finding about the row's card that comes from outside the file.
    package func findingOfCard(_ problem: Problem) -> Finding {
        Finding(
            problem, row: row, column: .pan, value: payout?.card.digits, position: columns.firstIndex(of: .pan))
    }

    /// The card, and its field as payout shows it. `nil` if either is in doubt.
    var card: (number: CardNumber, shown: String)? {
        guard let place = columns.firstIndex(of: .pan), place < fields.count,
            !findings.contains(where: { $0.severity == .error && ($0.column == .pan || $0.column == nil) })
        else { return nil }
        do throws(Problem) {
            return (try RowCheck.value(of: fields[place], RowCheck.card), shownValue(fields[place], in: .pan))
        } catch {
            return nil
        }
    }

    /// The fields for a copy of the file that people correct. Only cards are masked.
    package var copied: [String] {
        zip(fields, shown).enumerated().map { position, texts in
            let isCard = position < columns.count && columns[position] == .pan
            return isCard || texts.0.count(where: \.isNumber) >= 13 ? texts.1 : texts.0
        }
    }

    /// The fields with masked cards and whole accounts.
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
        /// A signature, or a note below the total.
        case note
    }
}
