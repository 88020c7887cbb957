/// A JSON value that keeps the order of its fields, so that an answer looks as in the document.
///
/// It does not use `Encodable`, which cannot keep the order or the explicit nulls of the samples. It is also faster:
/// the sandbox must never slow down a run.
indirect enum JSONText: Sendable, Equatable {
    case object([Field])
    case array([JSONText])
    case string(String)
    case integer(Int64)
    /// A number as text, such as `0.4`, without rounding to a binary fraction.
    case decimal(String)
    case bool(Bool)
    case null

    struct Field: Sendable, Equatable {
        let name: String
        let value: JSONText
    }

    static func fields(_ pairs: KeyValuePairs<String, JSONText>) -> JSONText {
        .object(pairs.map { Field(name: $0.key, value: $0.value) })
    }

    /// Returns the value with every number as a string, as some gateways send it.
    var numbersAsStrings: JSONText {
        switch self {
        case .object(let fields): .object(fields.map { Field(name: $0.name, value: $0.value.numbersAsStrings) })
        case .array(let items): .array(items.map(\.numbersAsStrings))
        case .integer(let value): .string(String(value))
        case .decimal(let text): .string(text)
        case .string, .bool, .null: self
        }
    }

    /// Returns the value with every numeric string as a number, whatever its length.
    var stringsAsNumbers: JSONText {
        switch self {
        case .object(let fields): .object(fields.map { Field(name: $0.name, value: $0.value.stringsAsNumbers) })
        case .array(let items): .array(items.map(\.stringsAsNumbers))
        case .string(let text) where Digits.are(text, count: text.count) && !text.isEmpty && !text.hasPrefix("0"):
            .decimal(text)
        case .integer, .decimal, .string, .bool, .null: self
        }
    }

    var text: String { String(decoding: bytes, as: UTF8.self) }

    var bytes: [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(768)
        write(into: &out)
        return out
    }

    private func write(into out: inout [UInt8]) {
        switch self {
        case .object(let fields):
            out.append(UInt8(ascii: "{"))
            for (index, field) in fields.enumerated() {
                if index > 0 { out.append(UInt8(ascii: ",")) }
                Self.writeString(field.name, into: &out)
                out.append(UInt8(ascii: ":"))
                field.value.write(into: &out)
            }
            out.append(UInt8(ascii: "}"))
        case .array(let items):
            out.append(UInt8(ascii: "["))
            for (index, item) in items.enumerated() {
                if index > 0 { out.append(UInt8(ascii: ",")) }
                item.write(into: &out)
            }
            out.append(UInt8(ascii: "]"))
        case .string(let value): Self.writeString(value, into: &out)
        case .integer(let value): out += String(value).utf8
        case .decimal(let text): out += text.utf8
        case .bool(let value): out += (value ? "true" : "false").utf8
        case .null: out += "null".utf8
        }
    }

    private static func writeString(_ value: String, into out: inout [UInt8]) {
        out.append(UInt8(ascii: "\""))
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: "\""): out += "\\\"".utf8
            case UInt8(ascii: "\\"): out += "\\\\".utf8
            case UInt8(ascii: "\n"): out += "\\n".utf8
            case UInt8(ascii: "\r"): out += "\\r".utf8
            case UInt8(ascii: "\t"): out += "\\t".utf8
            case 0..<0x20:
                let hex = String(byte, radix: 16)
                out += "\\u\(String(repeating: "0", count: 4 - hex.count))\(hex)".utf8
            default: out.append(byte)
            }
        }
        out.append(UInt8(ascii: "\""))
    }
}
