import PaymentValues

/// A row under the payouts that says their sum: `Итого;;;;1 500 000,00`.
struct TotalRow {
    /// The amount that it says, as it is written, and where; `nil` where it says none.
    let value: (text: String, position: Int)?

    /// A field with fewer digits is no card.
    private static let digitsOfACard = 8

    private static let words: Set<String> = [
        "итого", "итог", "всего", "total", "jami", "hammasi", "жами", "ҳаммаси",
    ]

    /// Whether a row has every field and a card, so that it is neither a total nor a second header.
    static func isRuledOut(by fields: RowFields, under header: Header) -> Bool {
        guard fields.count == header.fieldCount, let pan = header.positions[.pan] else { return false }
        return fields.digitCount(pan) >= digitsOfACard
    }

    /// `nil` for any other row; so for one that names a card, whatever its recipient is called.
    init?(_ fields: [String], header: Header) {
        let filled = fields.indices.filter { !fields[$0].isEmpty }
        // Behind the sum, where nothing else stands in the row.
        let places = filled.count == 2 ? filled : Array(filled.prefix(1))
        guard let label = places.first(where: { Self.isLabel(fields[$0]) }) else { return nil }
        let isWhole = fields.count == header.fieldCount
        if let pan = header.positions[.pan], pan < fields.count,
            isWhole, fields[pan].utf8.count(where: \.isASCIIDigit) >= Self.digitsOfACard
        {
            return nil
        }
        if isWhole, let amount = header.amount, !fields[amount.position].isEmpty, amount.position != label {
            value = (fields[amount.position], amount.position)
        } else {
            let numbers = fields.indices.filter { $0 != label && fields[$0].contains(where: \.isNumber) }
            value = numbers.last.map { (fields[$0], $0) }
        }
    }

    private static func isLabel(_ field: String) -> Bool {
        let words = field.lowercased().split { !$0.isLetter }.prefix(2).map(String.init)
        guard let first = words.first else { return false }
        return Self.words.contains(first) || (first == "grand" && words.last == "total")
    }
}
