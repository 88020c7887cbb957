/// A JSON value that keeps the order of its fields, so that an answer reads as the document prints it.
///
/// Answers are written by hand rather than through `Encodable` for that order, for the explicit nulls of the
/// document's samples, and because the sandbox must never be what slows a run down.
indirect enum JSONText: Sendable, Equatable {
    case object([Field])
    case array([JSONText])
    case string(String)
    case integer(Int64)
    /// A number by its text, such as `0.4`: it is never a binary fraction.
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

    /// The same value with every number as a string, as some gateways in front of banks send it.
    var numbersAsStrings: JSONText {
        switch self {
        case .object(let fields): .object(fields.map { Field(name: $0.name, value: $0.value.numbersAsStrings) })
        case .array(let items): .array(items.map(\.numbersAsStrings))
        case .integer(let value): .string(String(value))
        case .decimal(let text): .string(text)
        case .string, .bool, .null: self
        }
    }

    /// The same value with every string that is a number as a number, however long.
    var stringsAsNumbers: JSONText {
        switch self {
        case .object(let fields): .object(fields.map { Field(name: $0.name, value: $0.value.stringsAsNumbers) })
        case .array(let items): .array(items.map(\.stringsAsNumbers))
        case .string(let text) where Digits.are(text, count: text.count) && !text.isEmpty && !text.hasPrefix("0"):
            .decimal(text)
        case .integer, .decimal, .string, .bool, .null: self
        }
    }

    var text: String {
        var out = ""
        out.reserveCapacity(768)
        write(into: &out)
        return out
    }

    private func write(into out: inout String) {
        switch self {
        case .object(let fields):
            out += "{"
            for (index, field) in fields.enumerated() {
                if index > 0 { out += "," }
                Self.writeString(field.name, into: &out)
                out += ":"
                field.value.write(into: &out)
            }
            out += "}"
        case .array(let items):
            out += "["
            for (index, item) in items.enumerated() {
                if index > 0 { out += "," }
                item.write(into: &out)
            }
            out += "]"
        case .string(let value): Self.writeString(value, into: &out)
        case .integer(let value): out += String(value)
        case .decimal(let text): out += text
        case .bool(let value): out += value ? "true" : "false"
        case .null: out += "null"
        }
    }

    private static func writeString(_ value: String, into out: inout String) {
        out += "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\r": out += "\\r"
            case "\t": out += "\\t"
            case _ where scalar.value < 0x20:
                let hex = String(scalar.value, radix: 16)
                out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: out.unicodeScalars.append(scalar)
            }
        }
        out += "\""
    }
}
