/// The header row: which column stands where.
struct Header {
    /// How many fields each row must have.
    let fieldCount: Int
    /// Where each known column stands; a doubled one is absent, for nobody can say which is meant.
    let positions: [Column: Int]
    /// Names that mean nothing here, as they may be shown.
    let ignored: [String]
    let findings: [Finding]

    init(_ fields: [String], row: Int) {
        var places: [Column: [Int]] = [:]
        var ignored: [String] = []
        for (position, field) in fields.enumerated() {
            if let column = Column(header: field) {
                places[column, default: []].append(position)
            } else if !trimmed(field).isEmpty {
                ignored.append(shownValue(trimmed(field), in: nil))
            }
        }
        fieldCount = fields.count
        positions = places.compactMapValues { $0.count == 1 ? $0[0] : nil }
        self.ignored = ignored

        guard !places.isEmpty else {
            findings = [Finding(.noHeader, row: row)]
            return
        }
        var findings = Column.allCases.filter { places[$0, default: []].count > 1 }
            .map { Finding(.doubledColumn, row: row, column: $0) }
        findings += Column.required.filter { places[$0] == nil }
            .map { Finding(.missingColumn, row: row, column: $0) }
        switch (places[.amount], places[.amountUZS]) {
        case (nil, nil): findings.append(Finding(.missingColumn, row: row, column: .amount))
        case (.some, .some): findings.append(Finding(.twoAmountColumns, row: row, column: .amountUZS))
        default: break
        }
        self.findings = findings
    }

    /// Whether the rows can be read at all.
    var isKnown: Bool { !positions.isEmpty }
}
