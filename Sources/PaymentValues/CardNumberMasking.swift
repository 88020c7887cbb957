/// Masks everything in a text from outside that could be a card number. It masks 13 to 19 digits, also with single
/// spaces or dashes between groups, and keeps BIN and last four. Luhn does not matter: losing an id of 15 digits costs
/// little, showing a card costs much. In any other spelling it masks only true cards.
package func maskingCardNumbers(in text: String) -> String {
    masking(in: text) { digits, isUsualSpelling in
        isUsualSpelling ? (13...19).contains(digits.count) : isTrueCard(digits)
    }
}

/// Masks true card numbers: 16 digits that pass the Luhn check. Use it for texts in which other long numbers matter,
/// such as a row id with a PINFL of 14 digits. It recognizes digits of any script, and spaces, dots, slashes or
/// invisible characters between them.
package func maskingTrueCardNumbers(in text: String) -> String {
    masking(in: text) { digits, isUsualSpelling in
        isUsualSpelling ? digits.count == 16 && CardNumber.passesLuhn(digits) : isTrueCard(digits)
    }
}

/// Returns whether 16 digits are a card. Dates and lists of numbers can have 16 digits too, but they rarely begin like
/// a card.
private func isTrueCard(_ digits: [UInt8]) -> Bool {
    digits.count == 16 && "245689".utf8.contains(digits[0]) && CardNumber.passesLuhn(digits)
}

private func masking(in text: String, where isCard: ([UInt8], _ isUsualSpelling: Bool) -> Bool) -> String {
    // Most texts stay unchanged. This saves a tenth of the work on a bank's answer, which names an account.
    guard text.mayHaveCard else { return text }
    let scalars = Array(text.unicodeScalars)
    var result = String.UnicodeScalarView()
    var position = 0
    while position < scalars.count {
        if scalars[position].decimalDigit != nil {
            let run = DigitRun(in: scalars, from: position)
            run.appendMasked(to: &result, where: isCard)
            position = run.end
        } else {
            result.append(scalars[position])
            position += 1
        }
    }
    return String(result)
}

extension String {
    /// Whether some digits of the text could be a card, with other characters between them. May be true for a text
    /// without a card, but is never false for a text with one.
    fileprivate var mayHaveCard: Bool {
        guard utf8.allSatisfy({ $0 < 0x80 }) else {
            // A digit of another script has at least two bytes.
            return utf8.count { $0.isASCIIDigit || $0 >= 0xC0 } >= 13
        }
        return utf8.split(whereSeparator: \.endsNumber).contains { stretch in
            let digits = stretch.count(where: \.isASCIIDigit)
            guard digits == stretch.count, digits > 19 else { return digits >= 13 }
            return cardBeforeExpiry(Array(stretch)) != nil
        }
    }
}

extension UInt8 {
    /// Whether no number continues behind this ASCII character: ``Unicode/Scalar/joinsDigits`` is false for it.
    fileprivate var endsNumber: Bool {
        switch UnicodeScalar(self) {
        case "a"..."z", "A"..."Z", "\"", ",", ":", ";", "{", "}", "[", "]", "(", ")", "<", ">", "\n", "\r": true
        default: false
        }
    }
}

/// Returns the card if its expiry follows without a space, month or year first. An account has 20 digits too, but does
/// not look like a card followed by a month.
private func cardBeforeExpiry(_ digits: [UInt8]) -> [UInt8]? {
    guard digits.count == 20, isTrueCard(Array(digits[..<16])) else { return nil }
    let expiry = digits[16...].map { Int($0) - 48 }
    let months = [expiry[0] * 10 + expiry[1], expiry[2] * 10 + expiry[3]]
    return months.contains(where: (1...12).contains) ? Array(digits[..<16]) : nil
}

extension Unicode.Scalar {
    /// The ASCII digit with the same value. `nil` unless the character is a decimal digit of some script.
    fileprivate var decimalDigit: UInt8? {
        if isASCII { return UInt8(value).isASCIIDigit ? UInt8(value) : nil }
        guard properties.generalCategory == .decimalNumber, let number = properties.numericValue else { return nil }
        return 48 + UInt8(number)
    }

    /// Whether people write the character between the digits of one number. They do not use letters, quotes, brackets
    /// or separators of lists.
    fileprivate var joinsDigits: Bool {
        switch properties.generalCategory {
        case .spaceSeparator, .dashPunctuation, .connectorPunctuation, .format, .control, .nonspacingMark, .mathSymbol:
            self != "\n" && self != "\r" && self != "<" && self != ">"
        default: "./\\*·•'’`#".unicodeScalars.contains(self) || properties.isDefaultIgnorableCodePoint
        }
    }
}

/// Groups of digits, with a few other characters between them.
private struct DigitRun {
    /// The largest number of groups in which a card is written.
    private static let mostGroups = 8
    private static let widestGap = 3

    private let scalars: [Unicode.Scalar]
    private var groups: [Range<Int>] = []

    /// Finds the groups.
    /// - Parameter start: the position of the first digit.
    init(in scalars: [Unicode.Scalar], from start: Int) {
        self.scalars = scalars
        var begin = start
        while true {
            let end = scalars[begin...].firstIndex { $0.decimalDigit == nil } ?? scalars.count
            groups.append(begin..<end)
            guard let next = scalars[end...].prefix(Self.widestGap + 1).firstIndex(where: { !$0.joinsDigits }),
                scalars[next].decimalDigit != nil
            else { break }
            begin = next
        }
    }

    /// The position after the last digit.
    var end: Int { groups[groups.count - 1].upperBound }

    /// Masks the longest stretches of whole groups that could be a card.
    func appendMasked(
        to result: inout String.UnicodeScalarView, where isCard: ([UInt8], _ isUsualSpelling: Bool) -> Bool
    ) {
        var first = 0
        while first < groups.count {
            let last = (first..<min(first + Self.mostGroups, groups.count)).last {
                isCard(digits(of: first...$0), isUsual(first...$0))
            }
            if let last {
                result.append(contentsOf: Self.masked(digits(of: first...last)))
            } else if let card = cardBeforeExpiry(digits(of: first...first)) {
                result.append(contentsOf: Self.masked(card))
                result.append(contentsOf: scalars[groups[first].dropFirst(card.count)])
            } else {
                result.append(contentsOf: scalars[groups[first]])
            }
            first = (last ?? first) + 1
            if first < groups.count {
                result.append(contentsOf: scalars[groups[first - 1].upperBound..<groups[first].lowerBound])
            }
        }
    }

    private static func masked(_ digits: [UInt8]) -> String.UnicodeScalarView {
        CardNumber.mask(String(decoding: digits, as: UTF8.self)).unicodeScalars
    }

    private func digits(of groups: ClosedRange<Int>) -> [UInt8] {
        self.groups[groups].flatMap { scalars[$0].compactMap(\.decimalDigit) }
    }

    /// Returns whether all digits are ASCII, with single spaces or dashes between the groups.
    private func isUsual(_ groups: ClosedRange<Int>) -> Bool {
        let stretch = self.groups[groups.lowerBound].lowerBound..<self.groups[groups.upperBound].upperBound
        let gaps = zip(self.groups[groups], self.groups[groups].dropFirst()).allSatisfy {
            $1.lowerBound - $0.upperBound == 1
        }
        return gaps && scalars[stretch].allSatisfy { $0 == " " || $0 == "-" || $0.isASCII && $0.decimalDigit != nil }
    }
}
