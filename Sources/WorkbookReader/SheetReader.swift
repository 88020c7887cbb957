/// Reads the rows of a sheet. It does not trust the sheet's `dimension`.
struct SheetReader: XMLContent {
    private enum State {
        case document, root, columns, rows, row, cell, value, formula, inline, inlineRun, inlineText, merged
    }

    private enum CellType {
        case number, shared, formulaText, inlineText, boolean, error, date
    }

    private let limits: WorkbookLimits
    private let strings: SharedStrings
    private let styles: CellStyles
    private let is1904: Bool
    private let each: (WorkbookRow) throws -> Bool

    private var state = State.document
    private var hasRows = false
    private var row = WorkbookRow(number: 0, isHidden: false)
    private var column = -1
    private var type = CellType.number
    private var format = CellStyles.Format.plain
    private var isFormula = false
    private var hasValue = false
    private var isInRun = false
    private var value: [UInt8] = []

    private(set) var hiddenColumns: [ClosedRange<Int>] = []
    private(set) var merged: [MergedRange] = []

    /// Makes a reader.
    /// - Parameter each: gets each row that has a value or a formula, or is hidden. It returns whether it wants more
    ///   rows.
    init(
        limits: WorkbookLimits, strings: SharedStrings, styles: CellStyles, is1904: Bool,
        each: @escaping (WorkbookRow) throws -> Bool
    ) {
        self.limits = limits
        self.strings = strings
        self.styles = styles
        self.is1904 = is1904
        self.each = each
    }

    var place: (row: Int?, column: Int?) {
        switch state {
        case .document, .root, .columns, .rows, .merged: (nil, nil)
        default: (row.number, column >= 0 ? column : nil)
        }
    }

    mutating func start(_ element: XMLElement) throws -> Bool {
        switch state {
        case .row:
            guard element.isNamed("c") else { return false }
            try startCell(element)
        case .cell:
            if element.isNamed("v") {
                guard !hasValue else { throw XMLEnd.damaged }
                state = .value
            } else if element.isNamed("f") {
                isFormula = true
                state = .formula
            } else if element.isNamed("is"), type == .inlineText {
                state = .inline
            } else {
                return false
            }
        case .rows:
            guard element.isNamed("row") else { return false }
            try startRow(element)
        case .inline:
            if element.isNamed("t") {
                state = .inlineText
            } else if element.isNamed("r") {
                isInRun = true
                state = .inlineRun
            } else {
                return false
            }
        case .inlineRun:
            guard element.isNamed("t") else { return false }
            state = .inlineText
        case .document:
            guard element.isNamed("worksheet") else { throw XMLEnd.damaged }
            state = .root
        case .root: return try startSection(element)
        case .columns:
            if element.isNamed("col") { noteColumns(element) }
            return false
        case .merged:
            if element.isNamed("mergeCell") { try noteMerged(element) }
            return false
        case .value, .formula, .inlineText: throw XMLEnd.damaged
        }
        return true
    }

    mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) throws {
        guard state == .value || state == .inlineText else { return }
        unsafe value.append(contentsOf: bytes)
        guard value.count <= limits.textBytes else { throw WorkbookError.beyondLimit(.textBytes) }
    }

    mutating func end() throws {
        switch state {
        case .value:
            hasValue = true
            state = .cell
        case .formula: state = .cell
        case .cell:
            try endCell()
            state = .row
        case .row: try endRow()
        case .inlineText: state = isInRun ? .inlineRun : .inline
        case .inlineRun:
            isInRun = false
            state = .inline
        case .inline:
            hasValue = true
            state = .cell
        case .columns, .rows, .merged: state = .root
        case .root, .document: state = .document
        }
    }

    // MARK: Sections

    private mutating func startSection(_ element: XMLElement) throws -> Bool {
        if element.isNamed("sheetData") {
            guard !hasRows else { throw XMLEnd.damaged }
            hasRows = true
            state = .rows
        } else if element.isNamed("cols") {
            state = .columns
        } else if element.isNamed("mergeCells") {
            state = .merged
        } else {
            return false
        }
        return true
    }

    private mutating func noteColumns(_ element: XMLElement) {
        var (first, last): (Int?, Int?)
        var isHidden = false
        element.forEachAttribute { name, text in
            if name == "min" { first = text.number }
            if name == "max" { last = text.number }
            if name == "hidden" { isHidden = isHidden || text.isTrue }
            if name == "width" { isHidden = isHidden || text == "0" }
        }
        guard isHidden, let first, let last, first >= 1, first <= last, hiddenColumns.count < limits.columns else {
            return
        }
        hiddenColumns.append(first - 1...last - 1)
    }

    private mutating func noteMerged(_ element: XMLElement) throws {
        guard merged.count < limits.mergedRanges else { throw WorkbookError.beyondLimit(.mergedRanges) }
        guard let range = element.attribute("ref").flatMap({ MergedRange($0) }) else { throw XMLEnd.damaged }
        merged.append(range)
    }

    // MARK: Rows

    private mutating func startRow(_ element: XMLElement) throws {
        var number: Int? = row.number + 1
        var isHidden = false
        element.forEachAttribute { name, text in
            if name == "r" {
                number = text.number
            } else if name == "hidden" {
                isHidden = isHidden || text.isTrue
            } else if name == "ht" {
                isHidden = isHidden || text == "0"
            }
        }
        guard let number, number > row.number, number <= CellReference.rowLimit else { throw XMLEnd.damaged }
        row.number = number
        row.isHidden = isHidden
        column = -1
        state = .row
    }

    private mutating func endRow() throws {
        state = .rows
        column = -1
        guard !row.cells.isEmpty else { return }
        guard try each(row) else { throw XMLEnd.enough }
        row.cells.removeAll(keepingCapacity: true)
        row.bytes.removeAll(keepingCapacity: true)
    }

    // MARK: Cells

    private mutating func startCell(_ element: XMLElement) throws {
        let before = column
        column += 1
        type = .number
        var style: Int? = 0
        var isMisplaced = false
        var isUnknown = false
        element.forEachAttribute { name, text in
            if name == "r" {
                let reference = CellReference { text[$0] }
                isMisplaced = reference?.row != row.number
                column = reference?.column ?? column
            } else if name == "s" {
                style = text.number
            } else if name == "t" {
                if let named = Self.type(text) { type = named } else { isUnknown = true }
            }
        }
        guard !isMisplaced, !isUnknown, column > before, column < CellReference.columnLimit,
            let format = style.flatMap({ styles[$0] })
        else { throw XMLEnd.damaged }
        self.format = format
        isFormula = false
        hasValue = false
        isInRun = false
        value.removeAll(keepingCapacity: true)
        state = .cell
    }

    private static func type(_ text: XMLText) -> CellType? {
        if text == "s" { return .shared }
        if text == "n" { return .number }
        if text == "str" { return .formulaText }
        if text == "inlineStr" { return .inlineText }
        if text == "b" { return .boolean }
        if text == "e" { return .error }
        if text == "d" { return .date }
        return nil
    }

    private mutating func endCell() throws {
        let start = row.bytes.count
        var kind = WorkbookCell.Kind.none
        switch type {
        case .formulaText, .inlineText:
            if hasValue {
                EscapedText.decode(&value)
                row.bytes += value
                kind = .text
            }
        case _ where value.isEmpty: break
        case .shared:
            guard let number = wholeValue, try strings.write(number, to: &row.bytes) else { throw XMLEnd.damaged }
            kind = .text
        case .number: kind = try writeNumber()
        case .boolean:
            guard value == [48] || value == [49] else { throw XMLEnd.damaged }
            row.bytes += value == [49] ? Array("TRUE".utf8) : Array("FALSE".utf8)
            kind = .boolean
        case .error:
            row.bytes += value
            kind = .error
        case .date:
            guard let day = CalendarDay(iso: value) else { throw XMLEnd.damaged }
            day.write(to: &row.bytes)
            kind = .date
        }
        let isEmpty = row.bytes.count == start
        guard isFormula || !isEmpty else { return }
        guard column < limits.columns else { throw WorkbookError.beyondLimit(.columns) }
        guard row.bytes.count <= limits.rowBytes else {
            throw WorkbookError.beyondLimit(.rowBytes(row: row.number))
        }
        row.cells.append(
            WorkbookCell(column: column, kind: kind, isFormula: isFormula, range: start..<row.bytes.count))
    }

    private var wholeValue: Int? {
        guard value.count <= 9 else { return nil }
        var number = 0
        for byte in value {
            guard byte &- 48 < 10 else { return nil }
            number = number * 10 + Int(byte &- 48)
        }
        return number
    }

    private mutating func writeNumber() throws -> WorkbookCell.Kind {
        // Most numbers are plain and short.
        if format == .plain, value.count <= StoredNumber.exactDigits, value[0] != 48,
            value.allSatisfy({ $0 &- 48 < 10 })
        {
            row.bytes += value
            return .number
        }
        guard let number = StoredNumber(value) else { throw XMLEnd.damaged }
        if format == .date, let serial = number.wholePart, let day = CalendarDay(serial: serial, is1904: is1904) {
            day.write(to: &row.bytes)
            if !number.isWhole {
                let (hours, minutes) = number.minutes.quotientAndRemainder(dividingBy: 60)
                row.bytes += Array(" \(hours < 10 ? "0" : "")\(hours):\(minutes < 10 ? "0" : "")\(minutes)".utf8)
            }
            return .date
        }
        let width = if case .zeros(let width) = format { width } else { 1 }
        number.write(to: &row.bytes, width: width)
        return number.isLong ? .longNumber : .number
    }
}
