import PaymentValues
import PayoutFiles
import WorkbookReader

/// Reads a statement as a table, from CSV or from a workbook: finds the columns by their names in the first rows, and
/// account, period and balances by their labels above and below.
struct TableReader {
    static let headerWithin = 20

    private let checks: StatementChecks
    private var heading = TableHeading()
    private var columns: [Int: StatementColumn] = [:]
    private var names: ColumnNames?
    /// The row that comes nearest to a row of names, and those of its names that are unknown.
    private var nearest: (row: Int, known: Int, unknown: [String])?
    private var line = StatementLine()

    init(_ checks: StatementChecks) {
        self.checks = checks
    }

    mutating func take(_ record: CSVRecord) throws {
        try checks.bound(row: record.row)
        switch record.content {
        case .fields(let fields): try take(fields, at: record.row)
        case .unclosedQuote: try checks.find(.unclosedQuote, at: record.row)
        case .strayQuote: try checks.find(.rowUnreadable, at: record.row)
        case .unreadable: try checks.find(.notText, at: record.row)
        }
    }

    mutating func take(_ fields: RowFields, at row: Int) throws {
        if columns.isEmpty {
            guard row <= Self.headerWithin else { return try refuse(at: row) }
            if names == nil, let account = checks.account { names = try checks.columnNames(account) }
            if let found = heading.columns(fields, names ?? ColumnNames()) {
                columns = found
            } else {
                note(fields, at: row)
                try label(fields, at: row)
            }
        } else {
            try body(fields, at: row)
        }
    }

    mutating func finish() throws {
        if columns.isEmpty { try refuse(at: nil) }
    }

    private func refuse(at row: Int?) throws {
        if let nearest, !nearest.unknown.isEmpty {
            try checks.find(.columnsUnknown(nearest.unknown), at: nearest.row)
        } else {
            try checks.find(.noTable, at: row)
        }
        throw StatementChecks.RestIsWorthless()
    }

    /// Notes a row that has the names of some columns only.
    private mutating func note(_ fields: RowFields, at row: Int) {
        let texts = (0..<fields.count).map { LabelText(fields.bytes($0)) }
        let unknown = texts.filter { !$0.letters.isEmpty && StatementColumn.named($0.letters) == nil }.map(\.shown)
        let known = texts.count { StatementColumn.named($0.letters) != nil }
        if known >= 2, known > nearest?.known ?? 0 { nearest = (row, known, unknown) }
    }

    private mutating func body(_ fields: RowFields, at row: Int) throws {
        // A row without a digit has no amount: empty, a signature, or the names of the columns on the next page.
        guard (0..<fields.count).contains(where: { fields.bytes($0).contains(where: \.isDecimalDigit) }) else { return }
        line.clear()
        line.place = row
        var day: CalendarDay?
        var dayText: ArraySlice<UInt8> = []
        var amounts: [StatementColumn: ArraySlice<UInt8>] = [:]
        var direction: ArraySlice<UInt8> = []
        for position in 0..<fields.count {
            guard let column = columns[position] else { continue }
            let value = fields.bytes(position).trimmed
            if fields.nature(position)?.kind == .longNumber { return try checks.find(.digitsLost, at: row) }
            switch column {
            case .day:
                dayText = value
                day = CalendarDay(value)
            case .document: line.document += value
            case .debit, .credit, .amount: if !value.isEmpty { amounts[column] = value }
            case .direction: direction = value
            case .counterAccount: line.counterAccount += value
            case .counterName: line.counterName += value
            case .purpose: line.purpose += value.prefix(2000)
            }
        }
        guard let day else {
            try checks.takeNote(at: row)
            if try label(fields, at: row) || isNumbering(fields) { return }
            // Text below the table, such as signatures. A line that lost both would be missed by the balances.
            if amounts.isEmpty { return }
            if dayText.isEmpty { return try checks.find(.dayMissing, at: row) }
            return try checks.find(.dayUnreadable(String(decoding: dayText.prefix(40), as: UTF8.self)), at: row)
        }
        line.day = day
        try takeAmount(amounts, direction)
    }

    private mutating func takeAmount(
        _ amounts: [StatementColumn: ArraySlice<UInt8>], _ direction: ArraySlice<UInt8>
    ) throws {
        if let text = amounts[.amount] {
            guard let isDebit = StatementColumn.isDebit(LabelText(direction).letters) else {
                return try checks.find(.noDirection, at: line.place)
            }
            guard let amount = try amount(text) else { return }
            line.amount = amount
            line.isDebit = isDebit
            return try checks.take(line)
        }
        var debit = Tiyin.zero
        var credit = Tiyin.zero
        if let text = amounts[.debit] {
            guard let amount = try amount(text) else { return }
            debit = amount
        }
        if let text = amounts[.credit] {
            guard let amount = try amount(text) else { return }
            credit = amount
        }
        guard (debit == .zero) != (credit == .zero) else { return try checks.find(.noDirection, at: line.place) }
        line.isDebit = debit != .zero
        line.amount = line.isDebit ? debit : credit
        try checks.take(line)
    }

    private func amount(_ text: ArraySlice<UInt8>) throws -> Tiyin? {
        if let amount = Tiyin(som: text) { return amount }
        try checks.find(.amountUnreadable(String(decoding: text.prefix(40), as: UTF8.self)), at: line.place)
        return nil
    }

    /// Takes a row above or below the lines: account, period, balances, turnovers.
    @discardableResult
    private mutating func label(_ fields: RowFields, at row: Int) throws -> Bool {
        let values = (0..<fields.count).map { fields.bytes($0).trimmed }
        let texts = values.map { LabelText($0) }
        guard let label = texts.lazy.compactMap({ StatementLabel($0.letters) }).first else {
            return try title(texts, fields, at: row)
        }
        let sums = values.compactMap { Tiyin(som: $0) ?? Self.amountBehindColon($0) }
        switch label {
        case .opening: if let sum = sums.last { checks.state(opening: sum, at: row) }
        case .closing: if let sum = sums.last { checks.state(closing: sum, at: row) }
        case .turnovers:
            for (position, value) in values.enumerated() {
                guard let sum = Tiyin(som: value) else { continue }
                if columns[position] == .debit { try checks.add(statedDebits: sum, at: row) }
                if columns[position] == .credit { try checks.add(statedCredits: sum, at: row) }
            }
        }
        return true
    }

    /// Finds account and period in a row above the table.
    private func title(_ texts: [LabelText], _ fields: RowFields, at row: Int) throws -> Bool {
        guard columns.isEmpty else { return false }
        if checks.account == nil, (0..<fields.count).contains(where: { fields.nature($0)?.kind == .longNumber }) {
            try checks.find(.digitsLost, at: row)
            return true
        }
        if checks.account == nil, texts.contains(where: \.namesAccount),
            let digits = texts.lazy.compactMap(\.account).first
        {
            try checks.state(account: digits, at: row)
        }
        let days = texts.flatMap(\.days)
        if checks.period == nil, days.count == 2 { try checks.state(from: days[0], to: days[1], at: row) }
        return true
    }

    /// Reads `Входящий остаток: 100,00` in one field.
    private static func amountBehindColon(_ field: ArraySlice<UInt8>) -> Tiyin? {
        guard let colon = field.lastIndex(of: UInt8(ascii: ":")) else { return nil }
        return Tiyin(som: field[(colon + 1)...].trimmed)
    }

    /// Whether a row only numbers the columns: 1, 2, 3, …
    private func isNumbering(_ fields: RowFields) -> Bool {
        let texts = (0..<fields.count).map { fields.bytes($0).trimmed }.filter { !$0.isEmpty }
        return texts.count >= 3
            && texts.enumerated().allSatisfy { String($0 + 1).utf8.elementsEqual($1) }
    }
}
