/// The format of a payout file.
package enum PayoutFileFormat: Hashable, Sendable {
    case text(FileEncoding, Delimiter)
    /// A workbook.
    /// - Parameter sheet: the sheet that was read. `nil` if none was.
    case workbook(sheet: String?)
}
