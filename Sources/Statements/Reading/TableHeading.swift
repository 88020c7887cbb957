import PayoutFiles

/// The names of the columns, in one row or in two: `Обороты` above `Дебет` and `Кредит`.
struct TableHeading {
    private var above: [String] = []

    /// Returns the columns if a row, perhaps with the row above it, names enough of them.
    mutating func columns(_ fields: RowFields, _ names: ColumnNames) -> [Int: StatementColumn]? {
        let letters = (0..<fields.count).map { LabelText(fields.bytes($0)).letters }
        defer { above = letters }
        if let columns = Self.columns(letters, names) { return columns }
        let both = (0..<max(above.count, letters.count)).map { position in
            let name = position < letters.count ? letters[position] : ""
            return name.isEmpty && position < above.count ? above[position] : name
        }
        return Self.columns(both, names)
    }

    private static func columns(_ letters: [String], _ names: ColumnNames) -> [Int: StatementColumn]? {
        var columns: [Int: StatementColumn] = [:]
        var rank: [StatementColumn: (rank: Int, position: Int)] = [:]
        for (position, name) in letters.enumerated() {
            guard let (column, place) = named(name, names) else { continue }
            // If two columns have days, use the day of the booking.
            if let other = rank[column] {
                guard place < other.rank else { continue }
                columns[other.position] = nil
            }
            rank[column] = (place, position)
            columns[position] = column
        }
        let found = Set(columns.values)
        let hasAmount =
            found.isSuperset(of: [.debit, .credit]) || found.isSuperset(of: [.amount, .direction])
        return found.contains(.day) && hasAmount && found.count >= 4 ? columns : nil
    }

    private static func named(_ letters: String, _ names: ColumnNames) -> (column: StatementColumn, rank: Int)? {
        names[letters].map { ($0, -1) } ?? StatementColumn.named(letters)
    }
}
