/// Reads JSON strictly: the whole text or nothing. It refuses an object that has the same name twice, because that is a
/// contradiction. Foundation's decoders silently take the last of the two. They also hide whether an amount came as a
/// number or as text.
struct JSONReader {
    struct Fault: Error {}

    private let bytes: [UInt8]
    private var position = 0
    private static let depthLimit = 64
    /// The largest number of members in one object, several times that of the bank's largest object. The duplicate
    /// check is quadratic. Without this cap, an object with very many names would delay other payouts.
    private static let membersLimit = 100

    static func read(_ bytes: [UInt8]) throws(Fault) -> JSONValue {
        var reader = JSONReader(bytes: bytes)
        let value = try reader.value(depth: 0)
        reader.skipSpace()
        guard reader.position == bytes.count else { throw Fault() }
        return value
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        position += 1
        return true
    }

    private mutating func value(depth: Int) throws(Fault) -> JSONValue {
        guard depth < Self.depthLimit else { throw Fault() }
        skipSpace()
        switch next {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return .number(try number())
        }
    }

    private mutating func word(_ word: String, _ value: JSONValue) throws(Fault) -> JSONValue {
        for byte in word.utf8 {
            guard take(byte) else { throw Fault() }
        }
        return value
    }

    private mutating func object(depth: Int) throws(Fault) -> JSONValue {
        position += 1
        var members: JSONMembers = [:]
        skipSpace()
        if take(UInt8(ascii: "}")) { return .object(members) }
        repeat {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw Fault() }
            let name = try string()
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw Fault() }
            guard members.insert(try value(depth: depth + 1), as: name), members.count <= Self.membersLimit else {
                throw Fault()
            }
            skipSpace()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw Fault() }
        return .object(members)
    }

    private mutating func array(depth: Int) throws(Fault) -> JSONValue {
        position += 1
        var values: [JSONValue] = []
        skipSpace()
        if take(UInt8(ascii: "]")) { return .array(values) }
        repeat {
            values.append(try value(depth: depth + 1))
            skipSpace()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw Fault() }
        return .array(values)
    }

    private mutating func digits() throws(Fault) {
        let start = position
        while let byte = next, (48...57).contains(byte) { position += 1 }
        guard position > start else { throw Fault() }
    }

    private mutating func number() throws(Fault) -> String {
        let start = position
        _ = take(UInt8(ascii: "-"))
        if !take(UInt8(ascii: "0")) { try digits() }
        if take(UInt8(ascii: ".")) { try digits() }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try digits()
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func string() throws(Fault) -> String {
        position += 1
        let plain = plainBytes()
        if take(UInt8(ascii: "\"")) { return try Self.text(plain) }
        var text = Array(plain)
        while !take(UInt8(ascii: "\"")) {
            if take(UInt8(ascii: "\\")) {
                try escape(to: &text)
            } else if let byte = next, byte >= 32 {
                text.append(byte)
                position += 1
            } else {
                throw Fault()
            }
        }
        return try Self.text(text[...])
    }

    /// Decodes UTF-8. It skips the check for ASCII, because the check takes longer than reading the text.
    private static func text(_ bytes: ArraySlice<UInt8>) throws(Fault) -> String {
        if bytes.allSatisfy({ $0 < 0x80 }) { return String(decoding: bytes, as: UTF8.self) }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw Fault() }
        return text
    }

    /// Returns the bytes up to the string's end, an escape, or a byte that no string has.
    private mutating func plainBytes() -> ArraySlice<UInt8> {
        let start = position
        while let byte = next, byte >= 32, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") { position += 1 }
        return bytes[start..<position]
    }

    private mutating func escape(to text: inout [UInt8]) throws(Fault) {
        guard let byte = next else { throw Fault() }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(8)
        case UInt8(ascii: "f"): text.append(12)
        case UInt8(ascii: "n"): text.append(10)
        case UInt8(ascii: "r"): text.append(13)
        case UInt8(ascii: "t"): text.append(9)
        case UInt8(ascii: "u"): text += try unicodeEscape().utf8
        default: throw Fault()
        }
    }

    private mutating func unicodeEscape() throws(Fault) -> String {
        var code = try fourHexDigits()
        if (0xD800...0xDBFF).contains(code) {
            guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else { throw Fault() }
            let low = try fourHexDigits()
            guard (0xDC00...0xDFFF).contains(low) else { throw Fault() }
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(code) else { throw Fault() }
        return String(Character(scalar))
    }

    private mutating func fourHexDigits() throws(Fault) -> UInt32 {
        var code: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { throw Fault() }
            position += 1
            code = code * 16 + UInt32(digit)
        }
        return code
    }
}
