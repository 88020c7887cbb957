import PayoutFiles

/// Reads a statement in CSV, as a payout file in CSV is read: any of its encodings and delimiters.
struct CSVStatementReader {
    static let longestRow = 1 << 16
    private static let headLength = 1 << 16
    /// A line in quotation marks with so many delimiters is no purpose but a row that a lost mark has swallowed.
    private static let delimitersOfARow = 5

    private let checks: StatementChecks
    private var table: TableReader
    private var decoder = FileDecoder()
    private var head: [UInt8] = []
    private var csv: CSVReader?

    init(_ checks: StatementChecks) {
        self.checks = checks
        table = TableReader(checks)
    }

    /// - Throws: also `CSVReader.RowTooLong`.
    mutating func take(_ piece: [UInt8]) throws { try take(piece, isLast: false) }

    mutating func finish() throws {
        try take([], isLast: true)
        if csv == nil { try begin() }
        try csv?.finish { try table.take($0) }
        try table.finish()
    }

    private mutating func take(_ piece: [UInt8], isLast: Bool) throws {
        let text: [UInt8]
        do {
            text = try decoder.decode(piece, isLast: isLast)
        } catch {
            try checks.find(.notText, at: csv.map { $0.row + 1 })
            throw StatementChecks.RestIsWorthless()
        }
        if csv != nil { return try read(text) }
        head += text
        if head.count >= Self.headLength { try begin() }
    }

    private mutating func begin() throws {
        let found = TableHead(head) { StatementColumn.named(LabelText($0.utf8).letters) != nil }
        csv = CSVReader(
            delimiter: found.delimiter, maximumRowBytes: Self.longestRow, signOfARow: .delimiters(Self.delimitersOfARow)
        )
        let text = Array(head[found.skippedBytes...])
        head = []
        try read(text)
    }

    private mutating func read(_ text: [UInt8]) throws {
        try csv?.take(text) { try table.take($0) }
    }
}
