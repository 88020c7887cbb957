/// How a payout file is written.
package enum PayoutFileFormat: Hashable, Sendable {
    case text(FileEncoding, Delimiter)
    /// - sheet: the sheet that was read; `nil` if none was.
    case workbook(sheet: String?)
}
