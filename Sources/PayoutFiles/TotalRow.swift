import PaymentValues

/// A row below the payouts that states their total: `Итого;;;;1 500 000,00`.
struct TotalRow {
    /// The stated amount as text, and its position. `nil` if the row states none.
    let value: (text: String, position: Int)?

    /// The smallest number of digits in a field that counts as a card.
    private static let digitsOfACard = 8

    private static let words = Set(
        ["итого", "итог", "всего", "total", "jami", "hammasi", "жами", "ҳаммаси"].map(LetterFold.key))
    private static let pairs = Set(
        ["grand total", "общая сумма", "общий итог", "umumiy summa", "умумий сумма"].map(LetterFold.key))

    /// Returns whether a row has every field and a card. Such a row is neither a total nor a second header.
    static func isRuledOut(by fields: RowFields, under header: Header) -> Bool {
        guard fields.count == header.fieldCount, let pan = header.positions[.pan] else { return false }
        return fields.digitCount(pan) >= digitsOfACard
    }

    /// Reads a total row. Returns `nil` for any other row. A row with a card is not a total, even if its recipient is
    /// called “Total”.
    init?(_ fields: [String], header: Header) {
        let filled = fields.indices.filter { !fields[$0].isEmpty }
        // The label may come after the total if the row has nothing else.
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
        let words = LetterFold.words(of: field).prefix(2)
        guard let first = words.first else { return false }
        return Self.words.contains(first) || Self.pairs.contains(words.joined())
    }
}
