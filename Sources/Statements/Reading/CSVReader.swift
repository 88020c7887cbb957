/// Reads a statement in CSV: UTF-8 or Windows-1251, any of three delimiters.
struct CSVReader {
    private static let lookahead = 1 << 16

    private let checks: StatementChecks
    private var table: TableReader
    private var rows: CSVRows?
    private var encoding = TextEncoding.utf8
    private var held: [UInt8] = []

    init(_ checks: StatementChecks) {
        self.checks = checks
        table = TableReader(checks)
    }

    mutating func take(_ piece: [UInt8]) throws {
        if rows == nil {
            held += piece
            guard held.count >= Self.lookahead else { return }
            begin()
            try read(held)
            held = []
        } else {
            try read(piece)
        }
    }

    mutating func finish() throws {
        if rows == nil {
            begin()
            try read(held)
        }
        do {
            try rows?.finish { try table.take($0, at: $1) }
        } catch let flaw as CSVRows.Flaw {
            try checks.find(flaw.problem, at: flaw.row)
            return
        }
        try table.finish()
    }

    /// Finds encoding and delimiter in the head of the file.
    private mutating func begin() {
        if held.starts(with: [0xEF, 0xBB, 0xBF]) { held.removeFirst(3) }
        encoding = Self.isUTF8(held) ? .utf8 : .windows1251
        let delimiters = [UInt8(ascii: ";"), UInt8(ascii: "\t"), UInt8(ascii: ",")]
        let counts = delimiters.map { delimiter in
            held.split(separator: 10, maxSplits: 40).prefix(30).map { line in
                line.count { $0 == delimiter }
            }.filter { $0 >= 2 }.reduce(0, +)
        }
        // Decimal commas are many in a file that is delimited by something else.
        let best = zip(delimiters, counts).first { $1 > 0 }?.0
        rows = CSVRows(delimiter: best ?? UInt8(ascii: ";"))
    }

    private mutating func read(_ bytes: [UInt8]) throws {
        if bytes.contains(0) { return try checks.find(.notText, at: nil) }
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count)
        encoding.append(bytes, to: &text)
        do {
            try rows?.take(text) { try table.take($0, at: $1) }
        } catch let flaw as CSVRows.Flaw {
            try checks.find(flaw.problem, at: flaw.row)
            throw StatementChecks.TooManyFindings()
        }
    }

    /// Whether the head of a file is UTF-8, perhaps with its last letter cut.
    private static func isUTF8(_ bytes: [UInt8]) -> Bool {
        for cut in 0...3 where String(validating: bytes.dropLast(cut), as: UTF8.self) != nil { return true }
        return false
    }
}
