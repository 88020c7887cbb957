/// Turns a file's bytes into UTF-8 as they come. Without a mark, ASCII is passed on until the first other byte: what
/// follows it shows whether it is UTF-8, and which code page it is otherwise.
package struct FileDecoder {
    /// How far is looked ahead to tell UTF-8 and the code pages apart.
    private static let lookahead = 4096

    package private(set) var encoding = FileEncoding.utf8
    private var stage = Stage.start
    /// The bytes that cannot be decoded until more bytes are known.
    private var held: [UInt8] = []
    private var highSurrogate: UInt32?
    private var codePage: CodePage?
    /// The latest byte that was passed on before the encoding was known.
    private var latest: UInt8?

    private enum Stage {
        case start, plain, settled
    }

    package struct NotText: Error {}

    package init() {}

    /// Decodes a piece.
    /// - Throws: ``NotText`` for a NUL, or for invalid UTF-16. Other faults are reported with their rows.
    package mutating func decode(_ bytes: [UInt8], isLast: Bool) throws(NotText) -> [UInt8] {
        var bytes = held.isEmpty ? bytes : held + bytes
        held = []
        if stage == .start {
            guard bytes.count >= 3 || isLast else {
                held = bytes
                return []
            }
            encoding = FileEncoding(markOf: bytes) ?? .utf8
            stage = encoding == .utf8 ? .plain : .settled
            bytes.removeFirst(encoding.markLength)
        }
        if stage == .plain, bytes.reduce(0, |) >= 0x80, let first = bytes.firstIndex(where: { $0 >= 0x80 }) {
            let ahead = bytes[first...].prefix(Self.lookahead)
            if ahead.count < Self.lookahead, !isLast {
                held = Array(bytes[first...])
                bytes.removeSubrange(first...)
            } else {
                let before = first > 0 ? bytes[first - 1] : latest
                encoding =
                    Self.looksLikeUTF8(ahead)
                    ? .utf8 : CodePageGuess([before].compactMap(\.self) + ahead).encoding
                codePage = CodePage[encoding]
                stage = .settled
            }
        }
        if stage == .plain { latest = bytes.last ?? latest }
        let text = try unicode(bytes, isLast: isLast)
        // Compute the minimum without an early exit, so that the processor compares many bytes at once.
        guard text.reduce(UInt8.max, min) > 0 else { throw NotText() }
        return text
    }

    private mutating func unicode(_ bytes: [UInt8], isLast: Bool) throws(NotText) -> [UInt8] {
        switch encoding {
        case .utf8, .utf8WithMark: return bytes
        case .windows1251, .cp866, .koi8R, .macCyrillic: return codePage?.utf8(bytes) ?? bytes
        case .utf16LittleEndian: return try utf16(bytes, high: 1, isLast: isLast)
        case .utf16BigEndian: return try utf16(bytes, high: 0, isLast: isLast)
        }
    }

    /// Decodes UTF-16.
    /// - Parameter high: the index of the high byte in each pair.
    private mutating func utf16(_ bytes: [UInt8], high: Int, isLast: Bool) throws(NotText) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count)
        let pairs = bytes.count / 2
        for pair in 0..<pairs {
            let unit = UInt32(bytes[pair * 2 + high]) << 8 | UInt32(bytes[pair * 2 + 1 - high])
            switch (unit, highSurrogate) {
            case (0xD800..<0xDC00, nil):
                highSurrogate = unit
            case (0xDC00..<0xE000, let first?):
                highSurrogate = nil
                guard let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (unit - 0xDC00)) else {
                    throw NotText()
                }
                text.append(contentsOf: scalar.utf8)
            case (_, nil):
                guard let scalar = Unicode.Scalar(unit) else { throw NotText() }
                text.append(contentsOf: scalar.utf8)
            default:
                throw NotText()
            }
        }
        if pairs * 2 < bytes.count { held = [bytes[pairs * 2]] }
        if isLast, !held.isEmpty || highSurrogate != nil { throw NotText() }
        return text
    }

    /// Returns whether most bytes above 0x7F are in valid UTF-8 sequences. One damaged letter must not make a UTF-8
    /// file look like a code page.
    private static func looksLikeUTF8(_ bytes: ArraySlice<UInt8>) -> Bool {
        var sequences = 0
        var strays = 0
        var place = bytes.startIndex
        while place < bytes.endIndex {
            let byte = bytes[place]
            let length =
                switch byte {
                case ..<0x80: 1
                case 0xC2..<0xE0: 2
                case 0xE0..<0xF0: 3
                case 0xF0..<0xF5: 4
                default: 0
                }
            if length == 1 {
                place += 1
                continue
            }
            let tail = bytes[place...].dropFirst().prefix(max(length - 1, 0))
            if length > 0, tail.allSatisfy({ $0 & 0xC0 == 0x80 }) {
                if tail.count < length - 1 { break }
                // Three letters of a code page look like one sign of Chinese, or of no script.
                if !(0xE3...0xEE).contains(byte) { sequences += 1 }
                place += length
            } else {
                strays += 1
                place += 1
            }
        }
        return strays == 0 || sequences > strays
    }
}
