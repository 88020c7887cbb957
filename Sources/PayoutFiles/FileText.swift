import Foundation

/// How the letters of a payout file are written as bytes.
package enum FileEncoding: String, Hashable, Sendable, CaseIterable {
    case utf8 = "UTF-8"
    case utf8WithMark = "UTF-8 (BOM)"
    case utf16LittleEndian = "UTF-16 LE"
    case utf16BigEndian = "UTF-16 BE"
}

/// The text of a payout file, without its byte order mark.
struct FileText {
    let encoding: FileEncoding
    /// `nil` for what is no text: bytes that the encoding does not allow, or a NUL.
    let text: String?

    init(_ bytes: Data) {
        encoding = Self.encoding(of: bytes)
        let decoded: String? =
            switch encoding {
            case .utf8: String(validating: bytes, as: UTF8.self)
            case .utf8WithMark: String(validating: bytes.dropFirst(3), as: UTF8.self)
            case .utf16LittleEndian: Self.utf16(bytes.dropFirst(2)) { low, high in low | high << 8 }
            case .utf16BigEndian: Self.utf16(bytes.dropFirst(2)) { high, low in low | high << 8 }
            }
        text = decoded.flatMap { $0.utf8.contains(0) ? nil : Self.withoutRareLineEnds($0) }
    }

    private static func encoding(of bytes: Data) -> FileEncoding {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return .utf8WithMark }
        if bytes.starts(with: [0xFF, 0xFE]) { return .utf16LittleEndian }
        if bytes.starts(with: [0xFE, 0xFF]) { return .utf16BigEndian }
        return .utf8
    }

    private static func utf16(_ bytes: Data, unit: (UInt16, UInt16) -> UInt16) -> String? {
        guard bytes.count.isMultiple(of: 2) else { return nil }
        let units = stride(from: bytes.startIndex, to: bytes.endIndex, by: 2).map { at in
            unit(UInt16(bytes[at]), UInt16(bytes[at + 1]))
        }
        return String(validating: units, as: UTF16.self)
    }

    /// Excel begins a row after CR and LF only, the CSV parser after these too. Row numbers must be Excel's, so they
    /// become a sign that no field of digits accepts.
    private static func withoutRareLineEnds(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isRareLineEnd) else { return text }
        var scalars = String.UnicodeScalarView()
        scalars.append(contentsOf: text.unicodeScalars.lazy.map { isRareLineEnd($0) ? "\u{FFFD}" : $0 })
        return String(scalars)
    }

    private static func isRareLineEnd(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\u{0B}", "\u{0C}", "\u{85}", "\u{2028}", "\u{2029}": true
        default: false
        }
    }
}
