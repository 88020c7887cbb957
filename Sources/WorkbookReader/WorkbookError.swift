/// The reason why a workbook cannot be read.
package enum WorkbookError: Error, Hashable, Sendable {
    /// A zip archive without a workbook in it, such as a text document.
    case notAWorkbook
    /// The format of Excel 97–2003, .xls.
    case oldFormat
    /// The workbook asks for a password.
    case encrypted
    /// The binary format, .xlsb.
    case binaryFormat
    /// The format of LibreOffice, .ods.
    case openDocument
    /// The archive or a part of it is broken or cut off.
    case damaged(Place)
    /// No program writes such a file by accident.
    case unsafe(Flaw)
    /// The file is larger than a sheet that people can check.
    case beyondLimit(Limit)
    /// There is no room for temporary data.
    case noRoom(folder: String, reason: String)
    case unreadable(reason: String)

    /// The part of the file that is broken, as exactly as it is known.
    package struct Place: Hashable, Sendable {
        /// The name inside the archive: `xl/worksheets/sheet1.xml`. `nil` for the archive itself.
        package let part: String?
        package let row: Int?
        /// Counted from 0.
        package let column: Int?

        package init(part: String? = nil, row: Int? = nil, column: Int? = nil) {
            self.part = part
            self.row = row
            self.column = column
        }
    }

    package enum Flaw: Hashable, Sendable {
        /// Two entries have the same name, so that two programs may read different ones. The name is `nil` if it is unknown.
        case duplicateEntry(String?)
        /// The name of an entry leads out of the archive.
        case pathEscape(String)
        /// An entry is not as long as the archive says.
        case wrongSize(String)
        /// The file expands to far more than its own size.
        case bomb
        /// The XML defines entities, which may expand without end.
        case entities
    }

    package enum Limit: Hashable, Sendable {
        case entries
        case expandedBytes
        case elements
        case nesting
        case columns
        case rowBytes(row: Int)
        case mergedRanges
        case sheets
        case styles
        case textBytes
    }
}
