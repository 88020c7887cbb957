/// A row of a sheet, with its cells that are not empty.
package struct WorkbookRow {
    /// The row's number in Excel.
    package internal(set) var number: Int
    /// Whether a filter or a person has hidden it.
    package internal(set) var isHidden: Bool
    /// The cells, sorted by column.
    package internal(set) var cells: [WorkbookCell] = []
    /// The texts of all cells in UTF-8, one after the other.
    package internal(set) var bytes: [UInt8] = []

    package func text(_ cell: WorkbookCell) -> String { String(decoding: bytes[cell.range], as: UTF8.self) }
}

/// A cell that has a value or a formula.
package struct WorkbookCell {
    /// The column, counted from 0.
    package let column: Int
    package let kind: Kind
    /// Whether the value is the result of a formula, as it was when the file was saved.
    package let isFormula: Bool
    /// The position of the cell's text in the row.
    package let range: Range<Int>

    package enum Kind: UInt8, Sendable {
        /// A formula that has no stored result.
        case none
        case text
        /// A number of at most 15 digits, which is stored exactly as it was typed. It is written without an exponent,
        /// with a point before its decimals. It has the leading zeros that its format shows.
        case number
        /// A whole number of more than 15 digits. Spreadsheets lose its last digits.
        case longNumber
        /// A number that the cell shows as a date. It is written as `01.04.2027`, followed by the time if there is one.
        case date
        /// The value `TRUE` or `FALSE`.
        case boolean
        /// An error such as `#N/A`.
        case error
    }
}

/// A rectangle of cells that are shown as one. Only the first cell has a value. Rows count from 1, columns from 0.
package struct MergedRange: Hashable, Sendable {
    package let rows: ClosedRange<Int>
    package let columns: ClosedRange<Int>
}
