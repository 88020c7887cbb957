import Foundation

/// One JSON value as it was written: numbers keep their text, so that no amount passes through binary floating point.
enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case number(String)
    case string(String)
    case array([JSONValue])
    case object(JSONMembers)

    var isNull: Bool {
        if case .null = self { true } else { false }
    }

    subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self, let value = members[name], !value.isNull else { return nil }
        return value
    }

    /// `true` and `false` only: a string "true" is no promise.
    var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// A string, or a number in its own spelling.
    var string: String? {
        switch self {
        case .string(let text), .number(let text): text
        default: nil
        }
    }

    /// A whole number, written as a number or as a string. A fraction of zeros is whole.
    var integer: Int64? {
        guard var text = string, !text.hasPrefix("+") else { return nil }
        if let point = text.utf8.firstIndex(of: UInt8(ascii: ".")),
            text.utf8[point...].dropFirst().allSatisfy({ $0 == UInt8(ascii: "0") })
        {
            text = String(text[..<point])
        }
        return Int64(text)
    }

    /// A decimal read from the text. Exponents and more than 30 digits are not taken.
    var decimal: Decimal? {
        guard let text = string, !text.isEmpty, text.utf8.count <= 30 else { return nil }
        let unsigned = text.hasPrefix("-") ? text.dropFirst() : text[...]
        let parts = unsigned.split(separator: ".", omittingEmptySubsequences: false)
        let isPlain =
            (1...2).contains(parts.count)
            && parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } }
        return isPlain ? Decimal(string: text, locale: Self.plainNumbers) : nil
    }

    private static let plainNumbers = Locale(identifier: "en_US_POSIX")

    /// The JSON inside a string that holds some, as the bank's `data` does at times; else the value itself.
    var unwrapped: JSONValue {
        guard case .string(let text) = self else { return self }
        do {
            return try JSONReader.read(Array(text.utf8))
        } catch {
            return self
        }
    }

    /// The value as JSON with its names in order; a string stays as it is (the bank's `data` comes both ways).
    var dataText: String {
        if case .string(let text) = self { text } else { encoded }
    }

    /// JSON with its names in order: the same value is the same bytes.
    var encoded: String {
        var text = ""
        text.reserveCapacity(256)
        write(to: &text)
        return text
    }

    private func write(to text: inout String) {
        switch self {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .number(let number): text += number
        case .string(let string): Self.write(string, to: &text)
        case .array(let values):
            text += "["
            for (index, value) in values.enumerated() {
                if index > 0 { text += "," }
                value.write(to: &text)
            }
            text += "]"
        case .object(let members):
            text += "{"
            for (index, member) in members.all.enumerated() {
                if index > 0 { text += "," }
                Self.write(member.name, to: &text)
                text += ":"
                member.value.write(to: &text)
            }
            text += "}"
        }
    }

    private static func write(_ string: String, to text: inout String) {
        text += "\""
        if string.utf8.contains(where: { $0 < 32 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }) {
            for scalar in string.unicodeScalars { text += escaped(scalar) }
        } else {
            text += string
        }
        text += "\""
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\"": return "\\\""
        case "\\": return "\\\\"
        case let control where control.value < 32:
            let hex = String(control.value, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
        default: return String(scalar)
        }
    }
}
