import PaymentValues

/// The header row with the position of each column. It is a class because the check of each row holds it: a copy would
/// cost more.
final class Header {
    /// The number of fields that each row must have.
    let fieldCount: Int
    /// The number of fields in the header itself, with empty ones at its end.
    let writtenCount: Int
    /// The position of each known column. A column that occurs twice is left out, because the right one is not known.
    let positions: ColumnPositions
    /// The column at each position.
    let columns: [Column?]
    /// The headings of the file, masked for display.
    let headings: [String]
    /// The headings that are not known, masked for display.
    let ignored: [String]
    let findings: [Finding]
    let hasErrors: Bool
    /// The single amount column with its position. `nil` if there are none or two.
    let amount: (column: Column, position: Int)?

    private let nameless: Set<Int>

    init(_ all: [String], row: Int) {
        let fields = all.suffixDropped(while: \.isEmpty)
        writtenCount = all.count
        nameless = Set(fields.indices.filter { fields[$0].isEmpty })
        columns = fields.map { Column(header: $0) }
        fieldCount = fields.count
        headings = fields.map { shownValue($0, in: nil) }
        ignored = zip(fields, columns).filter { $1 == nil && !$0.isEmpty }.map { shownValue($0.0, in: nil) }
        var places: [Column: [Int]] = [:]
        for (position, column) in columns.enumerated() {
            if let column { places[column, default: []].append(position) }
        }
        let positions = ColumnPositions(places.compactMapValues { $0.count == 1 ? $0[0] : nil })
        self.positions = positions
        amount = [Column.amount, .amountUZS].lazy.compactMap { column in positions[column].map { (column, $0) } }.first

        guard !places.isEmpty else {
            findings = [Finding(.noHeader, row: row)]
            hasErrors = true
            return
        }
        var findings = Column.allCases.filter { places[$0, default: []].count > 1 }
            .map { Finding(.doubledColumn, row: row, column: $0, position: places[$0]?.last) }
        findings += Column.required.filter { places[$0] == nil }
            .map { Finding(.missingColumn, row: row, column: $0) }
        switch (places[.amount], places[.amountUZS]) {
        case (nil, nil): findings.append(Finding(.missingAmountColumn, row: row, column: .amount))
        case (.some, let second?):
            findings.append(Finding(.twoAmountColumns, row: row, column: .amountUZS, position: second.first))
        case (let places?, nil):
            if let place = places.first, Column.leavesUnitOpen(fields[place]) {
                findings.append(
                    Finding(.unitNotSaid, row: row, column: .amount, value: fields[place], position: place))
            }
        case (nil, .some): break
        }
        self.findings = findings
        hasErrors = findings.contains { $0.severity == .error }
    }

    /// Whether the header has any known column.
    var isKnown: Bool { !positions.isEmpty }

    /// A row that repeats the header: the same names, perhaps in another language, or the numbers of the columns.
    enum Echo {
        case same
        /// The columns are in another order than in the header.
        case different
    }

    func echo(in fields: [String]) -> Echo? {
        let names = zip(fields, columns).compactMap { field, above in
            above.flatMap { above in Column(header: field).map { (above, $0) } }
        }
        if names.count >= 3, !fields.contains(where: { $0.utf8.count(where: \.isASCIIDigit) > 4 }) {
            return names.allSatisfy { $0.0 == $0.1 } ? .same : .different
        }
        let isNumbered = fields.count >= 5 && fields.enumerated().allSatisfy { $1 == String($0 + 1) }
        return isNumbered ? .same : nil
    }

    /// Returns whether the decimals of an amount could be in this column because a comma cut the amount. The column
    /// must follow the amount directly, and its name must not promise numbers.
    func mayHoldCutDecimals(_ position: Int) -> Bool {
        amount.map { $0.position + 1 } == position && (positions[.name] == position || nameless.contains(position))
    }

}

/// The position of each column in a row. It is an array: a dictionary would hash five names a row, which is a sixth of
/// a check.
struct ColumnPositions {
    private let positions: [Int?]

    init(_ positions: [Column: Int]) {
        self.positions = Column.allCases.map { positions[$0] }
    }

    subscript(column: Column) -> Int? { positions[column.place] }

    var isEmpty: Bool { positions.allSatisfy { $0 == nil } }
}

extension Column {
    /// The index among all cases.
    fileprivate var place: Int {
        switch self {
        case .account: 0
        case .mfo: 1
        case .pan: 2
        case .exp: 3
        case .amount: 4
        case .amountUZS: 5
        case .name: 6
        case .id: 7
        }
    }
}

extension Array {
    /// Returns the array without the last elements that meet a condition.
    func suffixDropped(while isDropped: (Element) -> Bool) -> [Element] {
        Array(prefix((lastIndex { !isDropped($0) } ?? -1) + 1))
    }
}
