/// Cuts a table in CSV into rows: RFC 4180, with `;`, `,` or a tabulator.
struct CSVRows {
    static let longestRow = 1 << 16

    private let delimiter: UInt8
    private var row = 1
    private var fields: [[UInt8]] = []
    private var field: [UInt8] = []
    private var size = 0
    private var state = State.start
    private var quoteRow = 0
    private var skipsLineFeed = false

    private enum State { case start, plain, quoted, quoteInQuoted }

    struct Flaw: Error {
        let problem: StatementProblem
        let row: Int
    }

    init(delimiter: UInt8) {
        self.delimiter = delimiter
    }

    mutating func take(_ text: [UInt8], _ each: ([[UInt8]], Int) throws -> Void) throws {
        for byte in text {
            if skipsLineFeed {
                skipsLineFeed = false
                if byte == 10 { continue }
            }
            size += 1
            if size > Self.longestRow { throw Flaw(problem: .tooLong(limit: Self.longestRow), row: row) }
            switch (state, byte) {
            case (.quoted, UInt8(ascii: "\"")): state = .quoteInQuoted
            case (.quoted, _): field.append(byte)
            case (.quoteInQuoted, UInt8(ascii: "\"")):
                field.append(byte)
                state = .quoted
            case (.start, UInt8(ascii: "\"")):
                state = .quoted
                quoteRow = row
            case (_, delimiter): endField()
            case (_, 10), (_, 13):
                skipsLineFeed = byte == 13
                try endRow(each)
            case (.quoteInQuoted, _): throw Flaw(problem: .rowUnreadable, row: row)
            default:
                field.append(byte)
                state = .plain
            }
        }
    }

    mutating func finish(_ each: ([[UInt8]], Int) throws -> Void) throws {
        if state == .quoted { throw Flaw(problem: .unclosedQuote, row: quoteRow) }
        if !field.isEmpty || !fields.isEmpty { try endRow(each) }
    }

    private mutating func endField() {
        fields.append(field)
        field = []
        state = .start
    }

    private mutating func endRow(_ each: ([[UInt8]], Int) throws -> Void) throws {
        endField()
        try each(fields, row)
        fields.removeAll(keepingCapacity: true)
        row += 1
        size = 0
    }
}
