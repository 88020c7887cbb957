package import PaymentValues
import Payouts

/// An amount that a person states with its unit: `123456789.00 UZS`, `12345678900 tiyin`.
package struct StatedSum: Hashable, Sendable {
    package let tiyin: Tiyin

    private static let som = Set(["uzs", "som", "сум", "сумов", "сўм"].map(LetterFold.key))
    private static let tiyinNames = Set(["tiyin", "тийин", "тийинов"].map(LetterFold.key))

    /// Reads an amount.
    /// - Throws: ``Invalid`` if the unit is missing or unknown, or if the number is not valid.
    package init(_ text: String) throws(Invalid) {
        let number = text.prefix { !$0.isLetter }
        let unit = LetterFold.key(of: String(text.dropFirst(number.count)))
        guard !unit.isEmpty else { throw .noUnit(trimmed(text)) }
        do {
            let amount = try AmountText(trimmed(String(number)))
            if Self.som.contains(unit) {
                tiyin = try amount.som()
            } else if Self.tiyinNames.contains(unit) {
                tiyin = try amount.tiyin()
            } else {
                throw Invalid.unreadable(trimmed(text))
            }
        } catch {
            throw .unreadable(trimmed(text))
        }
    }

    package enum Invalid: Error, Hashable, CustomStringConvertible {
        case noUnit(String)
        case unreadable(String)

        package var description: String {
            switch self {
            case .noUnit(let text):
                "“\(text.prefix(40))” does not say its unit: write “\(text.prefix(40)) UZS” if it is so‘m, or "
                    + "“\(text.prefix(40)) tiyin”"
            case .unreadable(let text):
                "“\(text.prefix(40))” cannot be read as a sum: write for example “1500000.00 UZS” or “150000000 tiyin”"
            }
        }
    }
}
