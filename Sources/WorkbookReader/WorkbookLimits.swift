/// The limits for reading. They bound memory and time for every file.
package struct WorkbookLimits: Hashable, Sendable {
    /// The largest number of entries in the archive, pictures included.
    package var entries = 4096
    /// The largest size of all entries together after expansion.
    package var expandedBytes = 1 << 30
    /// The largest factor by which an entry may expand. Sheets expand 5 to 30 times.
    package var expansion = 200
    /// The size below which an entry may expand by any factor.
    package var smallEntryBytes = 1 << 20
    /// The largest number of elements in a part. A million rows of 20 cells have 42 million.
    package var elements = 1 << 26
    /// The largest size of all different names in a part, with 100 bytes for each besides its letters. A sheet has some
    /// hundred names.
    package var nameBytes = 1 << 18
    /// The largest number of prefixes of namespaces in a part.
    package var prefixes = 256
    /// The largest depth of nested elements. Sheets nest 6 deep.
    package var nesting = 64
    /// The largest number of columns with values.
    package var columns = 1024
    /// The largest size of the text in all cells of a row.
    package var rowBytes = 1 << 16
    package var mergedRanges = 100_000
    package var sheets = 255
    /// The largest number of cell formats. Excel allows 65 490.
    package var styles = 1 << 16
    /// The largest size of the text in one cell, or of one shared string. Excel allows 32 767 characters.
    package var textBytes = 1 << 17
    /// The size of the shared strings that stay in memory. The others go into a scratch file.
    package var residentTextBytes = 32 << 20
    /// The largest size of a tag. The parser keeps a whole tag in memory, and no workbook has a larger one.
    package var tagBytes = 1 << 18

    package init() {}
}
