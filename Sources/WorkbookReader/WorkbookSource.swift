/// The bytes of a workbook.
package enum WorkbookSource: Sendable {
    /// A file that is open for reading. The caller closes it.
    case file(descriptor: Int32)
    case bytes([UInt8])
}
