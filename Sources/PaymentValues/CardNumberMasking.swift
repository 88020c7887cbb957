/// Masks everything in a text that could be a card number, also with spaces or dashes between groups: 13 to 19 digits, of
/// which BIN and last four stay. It ignores the Luhn check: losing an id costs little, and showing a card costs much.
package func maskingCardNumbers(in text: String) -> String {
    masking(in: text) { (13...19).contains($0.count) }
}

/// Masks only 16 digits that pass the Luhn check, for texts where other long numbers matter, such as a PINFL of 14 digits.
package func maskingTrueCardNumbers(in text: String) -> String {
    masking(in: text) { $0.count == 16 && CardNumber.passesLuhn($0) }
}

private func masking(in text: String, where isCard: ([UInt8]) -> Bool) -> String {
    let bytes = Array(text.utf8)
    // Most texts have no number of that length.
    guard bytes.hasStretch(of: 13...19) else { return text }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var position = 0
    while position < bytes.count {
        if bytes[position].isASCIIDigit {
            let run = DigitRun(in: bytes, from: position)
            run.appendMasked(to: &result, where: isCard)
            position = run.end
        } else {
            result.append(bytes[position])
            position += 1
        }
    }
    return String(decoding: result, as: UTF8.self)
}

extension UInt8 {
    fileprivate var isSeparator: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "-") }
}

extension [UInt8] {
    /// Returns whether groups of digits, with single spaces or dashes between them, add up to so many digits somewhere, or to
    /// more. A longer group is not part of a stretch: most answers have an account, which has 20 digits.
    fileprivate func hasStretch(of lengths: ClosedRange<Int>) -> Bool {
        var stretch = 0
        var group = 0
        for byte in self {
            if byte.isASCIIDigit {
                group += 1
                continue
            }
            stretch = group > lengths.upperBound ? 0 : stretch + group
            if stretch >= lengths.lowerBound { return true }
            if group == 0 || !byte.isSeparator { stretch = 0 }
            group = 0
        }
        return group <= lengths.upperBound && stretch + group >= lengths.lowerBound
    }
}

/// Groups of digits with single spaces or dashes between them.
private struct DigitRun {
    private let bytes: [UInt8]
    private var groups: [Range<Int>] = []

    /// - Parameter start: the position of a digit.
    init(in bytes: [UInt8], from start: Int) {
        self.bytes = bytes
        var begin = start
        while begin < bytes.count, bytes[begin].isASCIIDigit {
            let end = bytes[begin...].firstIndex { !$0.isASCIIDigit } ?? bytes.count
            groups.append(begin..<end)
            guard end < bytes.count, bytes[end].isSeparator else { break }
            begin = end + 1
        }
    }

    /// The position behind its last digit.
    var end: Int { groups[groups.count - 1].upperBound }

    /// Masks the longest stretches of whole groups that could be a card.
    func appendMasked(to result: inout [UInt8], where isCard: ([UInt8]) -> Bool) {
        var first = 0
        while first < groups.count {
            let last = (first..<min(first + 8, groups.count)).last { isCard(digits(of: first...$0)) }
            let stretch = digits(of: first...(last ?? first))
            result += last == nil ? stretch : Array(CardNumber.mask(String(decoding: stretch, as: UTF8.self)).utf8)
            first = (last ?? first) + 1
            if first < groups.count { result.append(bytes[groups[first].lowerBound - 1]) }
        }
    }

    private func digits(of groups: ClosedRange<Int>) -> [UInt8] {
        self.groups[groups].reduce(into: []) { $0 += bytes[$1] }
    }
}
