/// Text from outside with everything masked that could be a card's number, also where spaces or dashes group it: 13 to 19
/// digits, of which BIN and last four stay. Other digits (ids of 15 that are no card) are cheap to lose here and cards dear
/// to keep, so all such runs are masked, Luhn or not.
package func maskingCardNumbers(in text: String) -> String {
    masking(in: text) { (13...19).contains($0.count) }
}

/// Text in which other long numbers matter, such as a key with a PINFL of 14 digits: only 16 digits that pass the Luhn check
/// are masked.
package func maskingTrueCardNumbers(in text: String) -> String {
    masking(in: text) { $0.count == 16 && CardNumber.passesLuhn(Array($0.utf8)) }
}

private func masking(in text: String, where isCard: (String) -> Bool) -> String {
    // Of names, which are many and have no digits, nothing need be made anew.
    guard text.utf8.count(where: \.isASCIIDigit) >= 13 else { return text }
    var result = ""
    var run = DigitRun()
    for character in text {
        if character.isASCII, character.isNumber {
            run.append(digit: character)
        } else if character == " " || character == "-", run.takes(separator: character) {
            continue
        } else {
            result += run.masked(where: isCard)
            run = DigitRun()
            result.append(character)
        }
    }
    return result + run.masked(where: isCard)
}

/// Groups of digits with single spaces or dashes between them.
private struct DigitRun {
    private var groups: [String] = []
    private var separators: [Character] = []

    mutating func append(digit: Character) {
        if groups.count == separators.count { groups.append("") }
        groups[groups.count - 1].append(digit)
    }

    mutating func takes(separator: Character) -> Bool {
        guard groups.count == separators.count + 1 else { return false }
        separators.append(separator)
        return true
    }

    /// Masks the longest stretches of whole groups that could be a card.
    func masked(where isCard: (String) -> Bool) -> String {
        var result = ""
        var first = 0
        while first < groups.count {
            let last = (first..<min(first + 8, groups.count)).last { isCard(groups[first...$0].joined()) }
            result += last.map { CardNumber.mask(groups[first...$0].joined()) } ?? groups[first]
            first = (last ?? first) + 1
            if first - 1 < separators.count { result.append(separators[first - 1]) }
        }
        return result
    }
}
