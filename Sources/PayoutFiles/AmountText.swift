import PaymentValues

/// An amount as it is written in a file: digits, perhaps grouped by threes, perhaps with decimals. What can be read two
/// ways is not guessed.
struct AmountText {
    private let isNegative: Bool
    private let digits: String
    /// Without the sign that separates them; `nil` where there is none.
    private let decimals: String?

    /// - Throws: ``Problem/amountNotANumber``, or ``Problem/amountAmbiguous(_:)`` for `1,234` and `1.234`.
    init(_ text: String) throws(Problem) {
        isNegative = text.hasPrefix("-") || text.hasPrefix("\u{2212}")
        let magnitude = trimmed(String(isNegative ? text.dropFirst() : text[...]))
        if magnitude.utf8.allSatisfy(\.isASCIIDigit), !magnitude.isEmpty {
            digits = magnitude
            decimals = nil
            return
        }
        let parts = magnitude.split(omittingEmptySubsequences: false) { Self.isSeparator($0) }.map(String.init)
        let signs = magnitude.filter(Self.isSeparator).map { $0.isWhitespace ? " " : $0 }
        guard !signs.isEmpty, parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(\.isASCIIDigit) }) else {
            throw .amountNotANumber
        }
        let groups = Self.groups(in: signs)
        guard groups.allSatisfy({ $0 == groups[0] }) else { throw .amountNotANumber }
        let whole = parts.prefix(groups.count + 1)
        let isGrouped = whole.count > 1
        guard !isGrouped || (1...3).contains(whole[0].count) && whole.dropFirst().allSatisfy({ $0.count == 3 }) else {
            throw .amountNotANumber
        }
        if !isGrouped, signs.count == 1, parts[1].count == 3, (1...3).contains(parts[0].count), !parts[0].hasPrefix("0")
        {
            throw .amountAmbiguous(parts[0] + parts[1])
        }
        digits = whole.joined()
        decimals = parts.count > whole.count ? parts[parts.count - 1] : nil
    }

    /// Which of the separators group thousands: all but a last point or comma that stands alone of its kind.
    private static func groups(in signs: [Character]) -> ArraySlice<Character> {
        guard let last = signs.last, last != " ", signs.count(where: { $0 == last }) == 1 else { return signs[...] }
        return signs.dropLast()
    }

    private static func isSeparator(_ character: Character) -> Bool {
        character == "." || character == "," || character.isWhitespace
    }

    /// What is written is tiyin.
    func tiyin() throws(Problem) -> Tiyin {
        if isNegative { throw .amountNotPositive }
        if decimals != nil { throw .amountNotWhole }
        return try Self.counted(digits)
    }

    /// What is written is so'm.
    func som() throws(Problem) -> Tiyin {
        if isNegative { throw .amountNotPositive }
        let decimals = decimals ?? ""
        guard decimals.utf8.count <= 2 else { throw .amountHasTooManyDecimals }
        return try Self.counted(digits + decimals + String(repeating: "0", count: 2 - decimals.utf8.count))
    }

    private static func counted(_ digits: String) throws(Problem) -> Tiyin {
        guard let count = Int64(digits) else { throw .amountTooLarge }
        guard count > 0 else { throw .amountNotPositive }
        return Tiyin(count)
    }
}
