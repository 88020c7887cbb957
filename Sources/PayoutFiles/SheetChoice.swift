import WorkbookReader

/// Finds the sheet with the payouts by the beginning of each sheet.
struct SheetChoice {
    private let workbook: Workbook

    init(_ workbook: Workbook) {
        self.workbook = workbook
    }

    /// The beginning of a sheet.
    private struct Head {
        let sheet: Workbook.Sheet
        var header: Header?
        /// Whether there are rows below the header.
        var hasRows = false

        /// Whether payouts can be read from this sheet.
        var fits: Bool { hasRows && header?.hasErrors == false }
        var knownColumns: Int { header?.columns.count { $0 != nil } ?? 0 }
    }

    /// Returns the sheet to read.
    /// - Parameter name: the sheet that a person chose, if any.
    /// - Throws: `Problem` if no sheet or several sheets are possible, or `WorkbookError`.
    func sheet(named name: String?) throws -> Workbook.Sheet {
        if let name {
            guard let sheet = workbook.sheets.first(where: { $0.name.lowercased() == name.lowercased() }) else {
                throw Problem.noSuchSheet
            }
            return sheet
        }
        let visible = try workbook.sheets.filter(\.isVisible).map(head)
        let fitting = visible.filter(\.fits)
        if fitting.count > 1 { throw Problem.severalSheets(fitting.map(\.sheet.name)) }
        if let sheet = fitting.first?.sheet { return sheet }
        if try workbook.sheets.contains(where: { try !$0.isVisible && head(of: $0).fits }) {
            throw Problem.hiddenSheet
        }
        // Use the most similar sheet: it shows best what is missing.
        let nearest = visible.enumerated().max {
            ($0.element.knownColumns, -$0.offset) < ($1.element.knownColumns, -$1.offset)
        }
        guard let nearest else { throw Problem.hiddenSheet }
        return nearest.element.sheet
    }

    private func head(of sheet: Workbook.Sheet) throws -> Head {
        var head = Head(sheet: sheet)
        var titles = 0
        try workbook.read(sheet) { row in
            let texts = RowFields(row).texts
            guard texts.contains(where: { !$0.isEmpty }) else { return true }
            if head.header != nil {
                head.hasRows = true
                return false
            }
            let header = Header(texts, row: row.number)
            if header.isKnown { head.header = header } else { titles += 1 }
            return titles <= RowReader.titleLimit
        }
        return head
    }
}
