/// Reads a table from UTF-8 bytes, piece by piece, and passes on its rows. It follows RFC 4180. If the RFC does not
/// say, it reads like Excel.
///
/// It is our own code. SwiftCSV needs the whole text in memory, and silently accepts a quotation mark that is never
/// closed.
package struct CSVReader {
    private static let quote = UInt8(ascii: "\"")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")
    private static let equals = UInt8(ascii: "=")
    /// The number of unclosed quotation marks after which reading stops.
    private static let recoveryLimit = 1000

    let delimiter: UInt8
    /// The largest number of bytes in a row.
    let maximumRowBytes: Int
    /// Recognises a row inside quotation marks. A lost mark makes rows look like one long text.
    let signOfARow: SignOfARow

    /// The number of the latest row, as Excel shows it.
    package private(set) var row = 0
    /// Whether the last row ends with the file, in the middle of a line and of a field.
    private(set) var endsInAField = false
    private var state = State.fieldStart
    private var bytes: [UInt8] = []
    private var ends: [Int] = []
    private var plainEnds: [Int] = []
    private var isASCII = true
    private var hasStrayQuote = false
    private var skipsLineFeed = false
    private var swallowed = Swallowed()
    private var recoveries = 0

    private enum State {
        case fieldStart, plain, quoted
        /// After a quotation mark inside a quoted field. It ends the field, or is the first of two.
        case quoteInQuoted
        /// After the `=` of `="01183"`, and then inside its text.
        case equals, equalsText
    }

    /// The text after the first line break of a quoted field. If the quotation mark was never closed, this text is
    /// rows.
    private struct Swallowed {
        var bytes: [UInt8] = []
        var hasBegun = false
        var beganWithCarriageReturn = false
        var line = SwallowedLine()
    }

    package enum SignOfARow {
        case delimiters(Int)
        /// An address may have many commas; a row of payouts also has the number of a card or an account.
        case delimitersAndLongNumber(Int)
    }

    /// An error for a row that is too long.
    package struct RowTooLong: Error {
        package let row: Int
    }

    package init(delimiter: Delimiter, maximumRowBytes: Int, signOfARow: SignOfARow) {
        self.delimiter = delimiter.byte
        self.maximumRowBytes = maximumRowBytes
        self.signOfARow = signOfARow
    }

    package mutating func take(_ piece: [UInt8], _ each: (CSVRecord) throws -> Void) throws {
        var place = 0
        while place < piece.count {
            if let content = plainLine(in: piece, from: &place) {
                row += 1
                try each(CSVRecord(row: row, content: content))
            } else {
                try step(piece[place], each)
                place += 1
            }
        }
    }

    /// Completes the last row, after the last byte.
    package mutating func finish(_ each: (CSVRecord) throws -> Void) throws {
        while state == .quoted, recoveries <= Self.recoveryLimit { try recover(each) }
        // A closed quotation mark or a delimiter shows that nothing of the field is missing.
        endsInAField = state == .plain || state == .equals || state == .equalsText
        if state != .fieldStart || !ends.isEmpty { try endRow(each) }
    }

    /// Reads a whole line without quotation marks directly from the piece. Most rows are such lines.
    ///
    /// - Parameter start: the beginning of the line. It moves past the line if the line was read.
    private mutating func plainLine(in piece: [UInt8], from start: inout Int) -> CSVRecord.Content? {
        guard state == .fieldStart, ends.isEmpty, !skipsLineFeed, recoveries <= Self.recoveryLimit else { return nil }
        plainEnds.removeAll(keepingCapacity: true)
        var isASCII = true
        let bytes = piece.span
        for place in start..<bytes.count {
            let byte = bytes[place]
            // Most bytes are digits and letters.
            if byte &- 0x30 < 10 || byte &- 0x3E < 0x42 { continue }
            if byte >= 0x80 {
                isASCII = false
            } else if byte == delimiter {
                plainEnds.append(place - start)
            } else if byte == Self.lineFeed || byte == Self.carriageReturn {
                plainEnds.append(place - start)
                guard place - start + plainEnds.count <= maximumRowBytes else { return nil }
                skipsLineFeed = byte == Self.carriageReturn
                let line = piece[start..<place]
                start = place + 1
                guard isASCII || Self.isText(line) else { return .unreadable }
                return .fields(RowFields(line, ends: plainEnds[...], isDelimited: true))
            } else if byte == Self.quote || byte == Self.equals {
                return nil
            }
        }
        return nil
    }

    private mutating func step(_ byte: UInt8, _ each: (CSVRecord) throws -> Void) throws {
        guard recoveries <= Self.recoveryLimit else { return }
        if skipsLineFeed {
            skipsLineFeed = false
            if byte == Self.lineFeed { return }
        }
        switch state {
        case .plain:
            try plain(byte, each)
        case .fieldStart:
            if byte == Self.quote {
                state = .quoted
                swallowed = Swallowed()
            } else if byte == Self.equals {
                state = .equals
                append(byte)
            } else {
                try plain(byte, each)
            }
        case .quoted:
            if swallowed.hasBegun { swallowed.bytes.append(byte) }
            if byte == Self.quote { state = .quoteInQuoted } else { try quoted(byte, each) }
        case .quoteInQuoted:
            try behindQuote(byte, each)
        case .equals:
            state = .plain
            if byte == Self.quote {
                state = .equalsText
                append(byte)
            } else {
                try plain(byte, each)
            }
        case .equalsText:
            if byte == Self.quote || byte == Self.lineFeed || byte == Self.carriageReturn { state = .plain }
            if byte == Self.quote { append(byte) } else { try state == .plain ? plain(byte, each) : append(byte) }
        }
        if bytes.count + ends.count > maximumRowBytes { try overflow(each) }
    }

    private mutating func plain(_ byte: UInt8, _ each: (CSVRecord) throws -> Void) throws {
        switch byte {
        case delimiter: endField()
        case Self.lineFeed: try endRow(each)
        case Self.carriageReturn:
            skipsLineFeed = true
            try endRow(each)
        default:
            state = .plain
            append(byte)
        }
    }

    private mutating func quoted(_ byte: UInt8, _ each: (CSVRecord) throws -> Void) throws {
        append(byte)
        let isLineBreak = byte == Self.lineFeed || byte == Self.carriageReturn
        if swallowed.hasBegun {
            guard isLineBreak || byte == delimiter else { return swallowed.line.take(byte) }
            swallowed.line.endField(isDelimited: byte == delimiter)
            if swallowed.line.isRow(signOfARow) { return try recover(each) }
            if isLineBreak { swallowed.line = SwallowedLine() }
        } else if isLineBreak {
            swallowed.hasBegun = true
            swallowed.beganWithCarriageReturn = byte == Self.carriageReturn
        }
    }

    private mutating func behindQuote(_ byte: UInt8, _ each: (CSVRecord) throws -> Void) throws {
        switch byte {
        case Self.quote:
            if swallowed.hasBegun { swallowed.bytes.append(byte) }
            state = .quoted
            append(byte)
        case delimiter, Self.lineFeed, Self.carriageReturn:
            if swallowed.hasBegun {
                swallowed.line.endField(isDelimited: byte == delimiter)
                if swallowed.line.isRow(signOfARow) {
                    swallowed.bytes.append(byte)
                    return try recover(each)
                }
            }
            try plain(byte, each)
        case UInt8(ascii: " "), UInt8(ascii: "\t"):
            break
        default:
            hasStrayQuote = true
            state = .plain
            append(byte)
        }
    }

    private mutating func append(_ byte: UInt8) {
        if byte >= 0x80 { isASCII = false }
        bytes.append(byte)
    }

    private mutating func endField() {
        ends.append(bytes.count)
        state = .fieldStart
    }

    private mutating func endRow(_ each: (CSVRecord) throws -> Void) throws {
        endField()
        row += 1
        let record = CSVRecord(row: row, content: content())
        clear()
        try each(record)
    }

    private func content() -> CSVRecord.Content {
        if !isASCII, !Self.isText(bytes[...]) { return .unreadable }
        if hasStrayQuote { return .strayQuote }
        return .fields(RowFields(bytes[...], ends: ends[...], isDelimited: false))
    }

    private static func isText(_ bytes: ArraySlice<UInt8>) -> Bool {
        do {
            _ = try UTF8Span(validating: bytes.span)
            return true
        } catch {
            return false
        }
    }

    private mutating func clear() {
        bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        isASCII = true
        hasStrayQuote = false
        state = .fieldStart
    }

    /// Recovers from a quotation mark that was never closed. The row ends at the end of its line, and the lines after
    /// it are read as rows.
    private mutating func recover(_ each: (CSVRecord) throws -> Void) throws {
        let lines = swallowed
        swallowed = Swallowed()
        row += 1
        clear()
        skipsLineFeed = lines.beganWithCarriageReturn
        recoveries += 1
        try each(CSVRecord(row: row, content: .unclosedQuote))
        try take(lines.bytes, each)
    }

    private mutating func overflow(_ each: (CSVRecord) throws -> Void) throws {
        guard state == .quoted, swallowed.hasBegun else { throw RowTooLong(row: row + 1) }
        try recover(each)
    }
}

/// One row of a table.
package struct CSVRecord {
    /// The row's number in Excel.
    package let row: Int
    package let content: Content

    package enum Content {
        case fields(RowFields)
        /// A quotation mark is opened and never closed.
        case unclosedQuote
        /// There is text after a closing quotation mark.
        case strayQuote
        /// The bytes are not valid text.
        case unreadable
    }
}

/// A line inside quotation marks, looked at for signs that it is a row.
private struct SwallowedLine {
    /// A card has sixteen digits. A phone number with its country has twelve.
    private static let digitsOfALongNumber = 13

    private var delimiters = 0
    private var hasLongNumber = false
    private var digits = 0
    private var hasOtherSigns = false
    private var hasExponent = false

    mutating func take(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digits += 1
        case UInt8(ascii: "+"): hasExponent = digits > 0
        case UInt8(ascii: "E"), UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "="),
            UInt8(ascii: "'"), UInt8(ascii: "\""):
            break
        // A no-break space, or a narrow or thin one.
        case 0xC2, 0xA0, 0xE2, 0x80, 0xAF, 0x89: break
        default: hasOtherSigns = true
        }
    }

    mutating func endField(isDelimited: Bool) {
        if !hasOtherSigns, digits >= Self.digitsOfALongNumber || hasExponent { hasLongNumber = true }
        if isDelimited { delimiters += 1 }
        (digits, hasOtherSigns, hasExponent) = (0, false, false)
    }

    func isRow(_ sign: CSVReader.SignOfARow) -> Bool {
        switch sign {
        case .delimiters(let count): delimiters >= count
        case .delimitersAndLongNumber(let count): delimiters >= count && hasLongNumber
        }
    }
}
