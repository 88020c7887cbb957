/// The format of a payout file.
package enum PayoutFileFormat: Hashable, Sendable {
    case text(FileEncoding, Delimiter)
    /// Neither a table nor a workbook.
    case other
    /// - sheet: the sheet that was read; `nil` if none was.
    case workbook(sheet: String?)
}
