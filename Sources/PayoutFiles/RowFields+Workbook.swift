package import WorkbookReader

extension RowFields {
    /// Makes the row of a workbook look like the row of a text file, with its empty cells.
    ///
    /// - Parameter count: the number of fields. `nil` for as many as the row needs.
    package init(_ row: WorkbookRow, count: Int? = nil) {
        let count = count ?? (row.cells.last.map { $0.column + 1 } ?? 0)
        var ends: [Int] = []
        var natures: [CellNature] = []
        ends.reserveCapacity(count)
        natures.reserveCapacity(count)
        for cell in row.cells where cell.column < count {
            Self.fill(&ends, &natures, to: cell.column)
            ends.append(cell.range.upperBound)
            natures.append(CellNature(kind: cell.kind, isFormula: cell.isFormula))
        }
        Self.fill(&ends, &natures, to: count)
        self.init(
            row.bytes[...], ends: ends[...], isDelimited: false, natures: natures[...], isHidden: row.isHidden)
    }

    private static func fill(_ ends: inout [Int], _ natures: inout [CellNature], to count: Int) {
        while ends.count < count {
            ends.append(ends.last ?? 0)
            natures.append(CellNature(kind: .text, isFormula: false))
        }
    }
}
