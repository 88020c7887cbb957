import Foundation
import PaymentValues

/// The fields of an answer that are shown, with the document's names and in its order.
package struct AnswerFields: Sendable {
    let fields: [(name: String, value: Value)]

    enum Value: Sendable {
        case text(String?)
        case number(Int64?)
        case flag(Bool?)
        case decimal(Decimal?)
        case money(Tiyin?)
        case list([AnswerFields])
    }

    init(_ fields: [(name: String, value: Value)]) {
        self.fields = fields
    }

    /// The fields as text, one a line. Absent fields are left out.
    package var text: String {
        let width = fields.map(\.name.count).max() ?? 0
        return fields.compactMap { name, value in
            value.text.map { name + ":" + String(repeating: " ", count: width - name.count + 1) + $0 }
        }.joined(separator: "\n")
    }
}

extension AnswerFields.Value {
    fileprivate var text: String? {
        switch self {
        case .text(let text): text
        case .number(let number): number.map(String.init)
        case .flag(let flag): flag.map(String.init)
        case .decimal(let decimal): decimal?.description
        case .money(let money): money.map { "\($0.count) tiyin (\($0) so‘m)" }
        case .list(let list): list.isEmpty ? "none" : "\n" + list.map(\.text).joined(separator: "\n\n")
        }
    }
}

extension AnswerFields: Encodable {
    private struct Name: CodingKey {
        let stringValue: String
        let intValue: Int? = nil

        init(stringValue: String) {
            self.stringValue = stringValue
        }

        init?(intValue: Int) { nil }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Name.self)
        for (name, value) in fields { try container.encode(value, forKey: Name(stringValue: name)) }
    }
}

extension AnswerFields.Value: Encodable {
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .number(let number): try container.encode(number)
        case .flag(let flag): try container.encode(flag)
        case .decimal(let decimal): try container.encode(decimal)
        case .money(let money): try container.encode(money)
        case .list(let list): try container.encode(list)
        }
    }
}
