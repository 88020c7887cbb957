import Foundation
import Payouts
import WorkbookReader

extension PayoutFile {
    /// Reads a workbook with the same checks as a text file.
    static func readWorkbook(
        _ bytes: FileBytes, name: String, options: PayoutFileOptions, keepsCells: Bool,
        each: (ReadRow) throws -> Void
    ) throws -> PayoutFile {
        while try !bytes.next().isEmpty {}
        var limits = WorkbookLimits()
        limits.rowBytes = options.maximumRowBytes
        var sheet: Workbook.Sheet?
        var original: FileDigest?
        var rows = RowReader(delimiter: nil, options: options, keepsCells: keepsCells)
        do {
            let workbook = try Workbook(
                bytes.workbook, limits: limits, scratchFolder: FileManager.default.temporaryDirectory.path)
            let chosen = try SheetChoice(workbook, options.choices).sheet()
            sheet = chosen
            rows = RowReader(
                delimiter: nil, sheet: workbook.sheets.count > 1 ? chosen.name : nil, options: options,
                keepsCells: keepsCells)
            if !options.choices.originals.isEmpty, workbook.sheets.count > 1 {
                original = try workbook.digestOfOriginal(besides: chosen)
                rows.originals = try original.flatMap { digest in
                    try OriginalCards(digest: digest, among: options.choices.originals, options: options)
                }
            }
            let layout = try workbook.read(chosen) { [rows] row in
                if let read = rows.take(row) { try each(read) }
                return true
            }
            rows.finish(rows.findings(of: layout))
        } catch let problem as Problem {
            rows.refuseRest(Finding(problem, value: options.choices.sheet))
        } catch let error as WorkbookError {
            switch error {
            case .beyondLimit(.rowBytes(let row)): throw CSVReader.RowTooLong(row: row)
            case .noRoom(_, let reason), .unreadable(let reason):
                throw PayoutFileError.unreadable(path: name, reason: reason)
            default: rows.refuseRest(Finding(refusing: error))
            }
        }
        // The digest must be that of the bytes that were read.
        try bytes.demandUnchanged()
        var file = PayoutFile(name: name, digest: bytes.digest, format: .workbook(sheet: sheet?.name), reader: rows)
        file.original = original
        return file
    }
}

extension RowReader {
    fileprivate func take(_ row: WorkbookRow) -> ReadRow? {
        take(fields: RowFields(row, count: header.flatMap { $0.isKnown ? $0.fieldCount : nil }), row: row.number)
    }

    /// Returns the findings that only the whole sheet shows: hidden columns, and merged cells.
    fileprivate func findings(of layout: Workbook.SheetLayout) -> [Finding] {
        guard let header, let checkedRows else { return [] }
        let columns = [Column.account, .mfo, .pan, .exp, header.amount?.column].compactMap(\.self)
        let used = columns.compactMap { column in header.positions[column].map { (column, $0) } }
        let hidden = used.filter { _, position in layout.hiddenColumns.contains { $0.contains(position) } }
            .map { Finding(.hiddenColumn, column: $0, position: $1) }
        let others = Set(passedOver.map(\.row))
        let merged = layout.merged.compactMap { range -> Finding? in
            guard range.rows.overlaps(checkedRows), range.rows.count > 1 || !others.contains(range.rows.lowerBound),
                let (column, position) = used.first(where: { range.covers($0.1) })
            else { return nil }
            // The finding has no row, because the rows were read before this was known.
            return Finding(.mergedCells(range.text), column: column, position: position)
        }
        return hidden + merged
    }
}

extension MergedRange {
    /// Returns whether a cell of the column is in the range and is not its first cell.
    fileprivate func covers(_ column: Int) -> Bool {
        columns.contains(column) && (column > columns.lowerBound || rows.count > 1)
    }

    /// The range as text, such as `C7:D7`.
    fileprivate var text: String {
        Finding.letter(of: columns.lowerBound) + "\(rows.lowerBound):" + Finding.letter(of: columns.upperBound)
            + "\(rows.upperBound)"
    }
}

extension Finding {
    init(refusing error: WorkbookError) {
        switch error {
        case .notAWorkbook: self.init(.notAWorkbook)
        case .oldFormat: self.init(.oldWorkbook)
        case .encrypted: self.init(.lockedWorkbook)
        case .binaryFormat: self.init(.binaryWorkbook)
        case .openDocument: self.init(.openDocument)
        case .unsafe(let flaw): self.init(.unsafeWorkbook(flaw))
        case .beyondLimit, .noRoom, .unreadable: self.init(.workbookTooLarge)
        case .damaged(let place): self.init(.damagedWorkbook, row: place.row, position: place.column)
        }
    }
}
