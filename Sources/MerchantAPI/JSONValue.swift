/// A JSON value as it was written. Numbers keep their text: no amount passes through binary floating point.
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

    /// The value of `true` or `false`. `nil` for the string "true".
    var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// The text of a string or a number.
    var string: String? {
        switch self {
        case .string(let text), .number(let text): text
        default: nil
        }
    }

    /// The value of a whole number, written as a number or as a string. Some servers write `1.50003E8`: that is
    /// accepted because it is whole without rounding.
    var integer: Int64? {
        guard let text = string, text.utf8.count <= 40, !text.hasPrefix("+") else { return nil }
        let parts = text.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "e" || $0 == "E" }
        guard let exponent = parts.count == 1 ? 0 : Int(parts[1]), (-40...40).contains(exponent) else { return nil }
        let mantissa = parts[0].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let fraction = mantissa.count == 1 ? "" : mantissa[1]
        let whole = mantissa[0].hasPrefix("-") ? mantissa[0].dropFirst() : mantissa[0]
        guard !whole.isEmpty, (whole + fraction).utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        // Holds all digits. The last `behindPoint` of them are decimals.
        var digits = String(mantissa[0]) + fraction
        var behindPoint = fraction.utf8.count - exponent
        while behindPoint > 0, digits.utf8.last == UInt8(ascii: "0") {
            digits.removeLast()
            behindPoint -= 1
        }
        guard behindPoint <= 0 || digits.utf8.allSatisfy({ $0 == UInt8(ascii: "-") }) else { return nil }
        if digits.utf8.allSatisfy({ $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "0") }) { return 0 }
        return Int64(digits + String(repeating: "0", count: -behindPoint))
    }

    /// The text of a decimal of up to 30 characters, without an exponent.
    var decimalText: String? {
        guard let text = string, text.utf8.count <= 30 else { return nil }
        var digits = 0
        var hasPoint = false
        for byte in text.utf8.dropFirst(text.utf8.first == UInt8(ascii: "-") ? 1 : 0) {
            if (48...57).contains(byte) {
                digits += 1
            } else if byte == UInt8(ascii: "."), !hasPoint, digits > 0 {
                hasPoint = true
                digits = 0
            } else {
                return nil
            }
        }
        return digits > 0 ? text : nil
    }

    /// The JSON inside a string, as in some of the bank's `data`. For any other value, the value itself.
    var unwrapped: JSONValue {
        guard case .string(let text) = self else { return self }
        do {
            return try JSONReader.read(Array(text.utf8))
        } catch {
            return self
        }
    }

    /// The value as JSON with sorted names. A string stays as it is, because the bank's `data` comes both ways.
    var dataText: String {
        if case .string(let text) = self { text } else { encoded }
    }

    /// The value as JSON with sorted names, so that equal values give equal bytes.
    var encoded: String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(512)
        write(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    private func write(to bytes: inout [UInt8]) {
        switch self {
        case .null: bytes += "null".utf8
        case .bool(let value): bytes += (value ? "true" : "false").utf8
        case .number(let number): bytes += number.utf8
        case .string(let string): Self.write(string, to: &bytes)
        case .array(let values):
            bytes.append(UInt8(ascii: "["))
            for (index, value) in values.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                value.write(to: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let members):
            bytes.append(UInt8(ascii: "{"))
            for (index, member) in members.all.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                Self.write(member.name, to: &bytes)
                bytes.append(UInt8(ascii: ":"))
                member.value.write(to: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }

    private static func write(_ string: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        let start = bytes.count
        bytes += string.utf8
        if bytes[start...].contains(where: { $0 < 32 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }) {
            bytes.removeSubrange(start...)
            for scalar in string.unicodeScalars { bytes += escaped(scalar).utf8 }
        }
        bytes.append(UInt8(ascii: "\""))
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
