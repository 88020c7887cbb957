/// The bounds of what is read. They bound memory and time for every file.
package struct WorkbookLimits: Hashable, Sendable {
    /// The entries of the archive, pictures included.
    package var entries = 4096
    /// The size of all entries together when expanded.
    package var expandedBytes = 1 << 30
    /// An entry may expand to this many times its size in the archive. Sheets expand 5 to 30 times.
    package var expansion = 200
    /// An entry that is smaller than this may expand as it likes.
    package var smallEntryBytes = 1 << 20
    /// The elements of a part. A million rows of 20 cells have 42 million.
    package var elements = 1 << 26
    /// The elements inside each other. Sheets nest 6.
    package var nesting = 64
    /// The columns in which cells may have values.
    package var columns = 1024
    /// The text of all cells of a row.
    package var rowBytes = 1 << 16
    package var mergedRanges = 100_000
    package var sheets = 255
    /// The cell formats of a workbook. Excel has at most 65 490.
    package var styles = 1 << 16
    /// The text of one cell, also in the table of shared strings. Excel has at most 32 767 characters.
    package var textBytes = 1 << 17
    /// The shared strings that stay in memory. The others go into a scratch file.
    package var residentTextBytes = 32 << 20
    /// A tag of this size is no tag of a workbook. The parser keeps a whole tag in memory.
    package var tagBytes = 1 << 18

    package init() {}
}
