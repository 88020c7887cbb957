/// The reason why a workbook cannot be read.
package enum WorkbookError: Error, Hashable, Sendable {
    /// The file is a zip archive without a workbook, such as a text document.
    case notAWorkbook
    /// The file has the format of Excel 97–2003, .xls.
    case oldFormat
    /// The workbook needs a password.
    case encrypted
    /// The file has the binary format, .xlsb.
    case binaryFormat
    /// The file has the format of LibreOffice, .ods.
    case openDocument
    /// The archive or a part of it is broken or cut off.
    case damaged(Place)
    /// The file has a flaw that no program produces by accident.
    case unsafe(Flaw)
    /// The file is larger than a sheet that people can check.
    case beyondLimit(Limit)
    /// There is no space for temporary data.
    case noRoom(folder: String, reason: String)
    case unreadable(reason: String)

    /// The broken part of the file, as exactly as it is known.
    package struct Place: Hashable, Sendable {
        /// The name inside the archive, such as `xl/worksheets/sheet1.xml`. `nil` for the archive itself.
        package let part: String?
        package let row: Int?
        /// The column, counted from 0.
        package let column: Int?

        package init(part: String? = nil, row: Int? = nil, column: Int? = nil) {
            self.part = part
            self.row = row
            self.column = column
        }
    }

    package enum Flaw: Hashable, Sendable {
        /// Two entries have the same name, so two programs may read different ones. The name is `nil` if it is not
        /// known.
        case duplicateEntry(String?)
        /// The name of an entry leads out of the archive.
        case pathEscape(String)
        /// The size of an entry differs from the size that the archive states.
        case wrongSize(String)
        /// The file expands to far more than its own size.
        case bomb
        /// The XML defines entities, which may expand endlessly.
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
