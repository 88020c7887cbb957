/// Decodes characters that XML cannot contain. A workbook writes them as `_x000D_`.
enum EscapedText {
    private static let length = 7

    static func decode(_ bytes: inout [UInt8], from start: Int = 0) {
        guard bytes.count - start >= length, let first = firstEscape(in: bytes, from: start) else { return }
        var decoded = Array(bytes[..<first])
        var units: [UInt16] = []
        var place = first
        while place < bytes.count {
            if let unit = unit(in: bytes, at: place) {
                units.append(unit)
                place += length
            } else {
                flush(&units, to: &decoded)
                decoded.append(bytes[place])
                place += 1
            }
        }
        flush(&units, to: &decoded)
        bytes = decoded
    }

    /// Joins two escapes that are the halves of one character. A single half becomes U+FFFD.
    private static func flush(_ units: inout [UInt16], to bytes: inout [UInt8]) {
        guard !units.isEmpty else { return }
        bytes += Array(String(decoding: units, as: UTF16.self).utf8)
        units = []
    }

    private static func firstEscape(in bytes: [UInt8], from start: Int) -> Int? {
        (start...bytes.count - length).first { bytes[$0] == UInt8(ascii: "_") && unit(in: bytes, at: $0) != nil }
    }

    private static func unit(in bytes: [UInt8], at place: Int) -> UInt16? {
        guard place + length <= bytes.count, bytes[place] == UInt8(ascii: "_"), bytes[place + 1] == UInt8(ascii: "x"),
            bytes[place + 6] == UInt8(ascii: "_")
        else { return nil }
        let hex = bytes[place + 2..<place + 6]
        guard hex.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }) else { return nil }
        return UInt16(String(decoding: hex, as: UTF8.self), radix: 16)
    }
}
