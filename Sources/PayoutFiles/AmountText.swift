import PaymentValues

/// An amount as it is written in a file: digits, possibly grouped by threes, possibly with decimals. If it can be read
/// in two ways, it is refused and not guessed.
struct AmountText {
    private let isNegative: Bool
    private let digits: String
    /// The decimals without their separator. `nil` if there are none.
    private let decimals: String?

    /// Reads an amount.
    /// - Throws: ``Problem/amountNotANumber``, or ``Problem/amountAmbiguous(_:)`` for `1,234` and `1.234`.
    init(_ text: String) throws(Problem) {
        if let (digits, decimals) = Self.plainNumber(text) {
            (isNegative, self.digits, self.decimals) = (false, digits, decimals)
            return
        }
        isNegative = text.hasPrefix("-") || text.hasPrefix("\u{2212}")
        let magnitude = trimmed(String(isNegative ? text.dropFirst() : text[...]))
        if let (digits, decimals) = Self.plainNumber(magnitude) {
            (self.digits, self.decimals) = (digits, decimals)
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

    /// Splits a number in the most common form, `1500` or `1500.5`. Returns `nil` for any other form.
    private static func plainNumber(_ text: String) -> (digits: String, decimals: String?)? {
        let bytes = text.utf8.span
        var length = 0
        while length < bytes.count, bytes[length].isASCIIDigit { length += 1 }
        guard length > 0 else { return nil }
        if length == bytes.count { return (text, nil) }
        guard bytes[length] == UInt8(ascii: ".") || bytes[length] == UInt8(ascii: ","),
            (1...2).contains(bytes.count - length - 1),
            (length + 1..<bytes.count).allSatisfy({ bytes[$0].isASCIIDigit })
        else { return nil }
        return (String(text.prefix(length)), String(text.dropFirst(length + 1)))
    }

    /// Returns the separators that group thousands. These are all, except a last point or comma that occurs only once.
    private static func groups(in signs: [Character]) -> ArraySlice<Character> {
        guard let last = signs.last, last != " ", signs.count(where: { $0 == last }) == 1 else { return signs[...] }
        return signs.dropLast()
    }

    private static func isSeparator(_ character: Character) -> Bool {
        character == "." || character == "," || character.isWhitespace
    }

    /// Returns the amount if the text is in tiyin.
    func tiyin() throws(Problem) -> Tiyin {
        if isNegative { throw .amountNotPositive }
        if decimals != nil { throw .amountNotWhole }
        return try Self.counted(digits)
    }

    /// Returns the amount if the text is in so'm.
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
