/// A row of a sheet, with the cells that have something in them.
package struct WorkbookRow {
    /// The number that Excel shows beside it.
    package internal(set) var number: Int
    /// Whether a filter or a person has hidden it.
    package internal(set) var isHidden: Bool
    /// In the order of their columns.
    package internal(set) var cells: [WorkbookCell] = []
    /// The texts of all cells, one behind the other, in UTF-8.
    package internal(set) var bytes: [UInt8] = []

    package func text(_ cell: WorkbookCell) -> String { String(decoding: bytes[cell.range], as: UTF8.self) }
}

/// A cell that has a value or a formula.
package struct WorkbookCell {
    /// Counted from 0.
    package let column: Int
    package let kind: Kind
    /// Whether the value is the result of a formula, as it was when the file was saved.
    package let isFormula: Bool
    /// The place of its text in the row.
    package let range: Range<Int>

    package enum Kind: UInt8, Sendable {
        /// A formula that has no stored result.
        case none
        case text
        /// A number of at most 15 digits: what was typed is what is stored. It is written without an exponent, with a point
        /// before its decimals, and with the leading zeros that its format shows.
        case number
        /// A whole number of more than 15 digits, of which spreadsheets lose the last ones.
        case longNumber
        /// A number that the cell shows as a date. It is written `01.04.2027`, with the time behind it if there is one.
        case date
        /// `TRUE` or `FALSE`.
        case boolean
        /// `#N/A` and the like.
        case error
    }
}

/// A rectangle of cells that are shown as one. Only the first one has a value. Rows count from 1, columns from 0.
package struct MergedRange: Hashable, Sendable {
    package let rows: ClosedRange<Int>
    package let columns: ClosedRange<Int>
}
