import PayoutFiles
package import WorkbookReader

extension StatementReader {
    /// Reads a whole workbook, in place of pieces: the sheet that has the names of the columns.
    ///
    /// - Throws: ``StatementRejected``, `PayoutFileError`, what the caller throws.
    package mutating func take(_ source: WorkbookSource, named name: String, scratchFolder: String) throws {
        reading = .workbook
        try rejecting {
            do {
                let workbook = try Workbook(source, scratchFolder: scratchFolder)
                let sheet = try sheet(of: workbook)
                var table = TableReader(checks)
                try workbook.read(sheet) { row in
                    try table.take(RowFields(row), at: row.number)
                    return true
                }
                try table.finish()
            } catch let error as WorkbookError {
                switch error {
                case .noRoom(_, let reason), .unreadable(let reason):
                    throw PayoutFileError.unreadable(path: name, reason: reason)
                default:
                    try checks.find(StatementProblem(error), at: error.row)
                    throw StatementChecks.RestIsWorthless()
                }
            }
        }
    }

    /// Finds the sheet by the names that payout knows. The names of a bank are known only once its account is read, so the
    /// only visible sheet is taken without them.
    private func sheet(of workbook: Workbook) throws -> Workbook.Sheet {
        let visible = workbook.sheets.filter(\.isVisible)
        if visible.count == 1 { return visible[0] }
        let fitting = try visible.filter { sheet in
            var heading = TableHeading()
            var fits = false
            try workbook.read(sheet) { row in
                guard row.number <= TableReader.headerWithin else { return false }
                fits = heading.columns(RowFields(row), ColumnNames()) != nil
                return !fits
            }
            return fits
        }
        switch fitting.count {
        case 0: try checks.find(.noTable, at: nil)
        case 1: return fitting[0]
        default: try checks.find(.severalSheets(fitting.map(\.name)), at: nil)
        }
        throw StatementChecks.RestIsWorthless()
    }
}

extension StatementProblem {
    fileprivate init(_ error: WorkbookError) {
        switch error {
        case .notAWorkbook: self = .unknownFormat
        case .oldFormat, .binaryFormat, .openDocument: self = .otherWorkbook
        case .encrypted: self = .lockedWorkbook
        case .unsafe: self = .unsafeWorkbook
        case .beyondLimit, .noRoom, .unreadable: self = .workbookTooLarge
        case .damaged: self = .damagedWorkbook
        }
    }
}

extension WorkbookError {
    fileprivate var row: Int? {
        switch self {
        case .damaged(let place): place.row
        case .beyondLimit(.rowBytes(let row)): row
        default: nil
        }
    }
}
