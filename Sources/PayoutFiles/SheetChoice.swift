import WorkbookReader

/// Finds the sheet with the payouts by the beginning of each sheet.
struct SheetChoice {
    private let workbook: Workbook

    private let choices: FileChoices

    init(_ workbook: Workbook, _ choices: FileChoices) {
        self.workbook = workbook
        self.choices = choices
    }

    /// The beginning of a sheet.
    private struct Head {
        let sheet: Workbook.Sheet
        var header: Header?
        /// Whether there are rows below the header.
        var hasRows = false

        /// Whether payouts can be read from the sheet, perhaps after a person has answered what it leaves open.
        var fits: Bool { hasRows && header?.namesPayouts == true }
        var knownColumns: Int { header?.knownColumns ?? 0 }
    }

    /// - Throws: `Problem` if no sheet or more than one can be meant, or `WorkbookError`.
    func sheet() throws -> Workbook.Sheet {
        if let name = choices.sheet {
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
        var search = HeaderSearch(choices)
        try workbook.read(sheet) { row in
            let texts = RowFields(row).texts
            guard texts.contains(where: { !$0.isEmpty }) else { return true }
            if head.header != nil {
                head.hasRows = true
                return false
            }
            switch search.take(texts, row: row.number) {
            case .title: return true
            case .header(let header):
                head.header = header
                return header.isKnown
            case .below(let header):
                (head.header, head.hasRows) = (header, true)
                return false
            }
        }
        if head.header == nil { head.header = search.header() }
        return head
    }
}
