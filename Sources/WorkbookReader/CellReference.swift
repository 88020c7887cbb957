/// The position of a cell, such as `C7`. Rows count from 1, columns from 0.
struct CellReference {
    static let rowLimit = 1_048_576
    static let columnLimit = 16_384

    let row: Int
    let column: Int

    /// Reads capital letters and digits.
    ///
    /// - Parameter byte: returns the byte at a position, and 0 at the end.
    init?(_ byte: (Int) -> UInt8, from start: Int = 0, end: UInt8 = 0) {
        var (place, column, row) = (start, 0, 0)
        while byte(place) &- UInt8(ascii: "A") < 26 {
            column = column * 26 + Int(byte(place) &- UInt8(ascii: "A")) + 1
            place += 1
            guard column <= Self.columnLimit else { return nil }
        }
        let digits = place
        while byte(place) &- UInt8(ascii: "0") < 10 {
            row = row * 10 + Int(byte(place) &- UInt8(ascii: "0"))
            place += 1
            guard row <= Self.rowLimit else { return nil }
        }
        guard byte(place) == end, column > 0, row > 0, byte(digits) != UInt8(ascii: "0") else { return nil }
        self.row = row
        self.column = column - 1
    }
}

extension MergedRange {
    /// Reads a range such as `A3:B7`.
    init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Array($0.utf8) + [0] }
        guard (1...2).contains(parts.count), let first = CellReference({ parts[0][$0] }),
            let last = CellReference({ parts[parts.count - 1][$0] }), first.row <= last.row,
            first.column <= last.column
        else { return nil }
        rows = first.row...last.row
        columns = first.column...last.column
    }
}
