/// A person's number in the state's registers, the PINFL: 14 digits with the date of birth in them. It is personal data.
package enum PersonalNumber {
    /// Hides a personal number, except for its last four digits: `**********0016`. Any other text stays as it is.
    package static func masking(_ text: String) -> String {
        guard isNumber(text) else { return text }
        return String(repeating: "*", count: 10) + text.suffix(4)
    }

    private static func isNumber(_ text: String) -> Bool {
        let digits = text.utf8.map { Int($0) - 48 }
        guard digits.count == 14, digits.allSatisfy((0...9).contains) else { return false }
        // The first digit is the sex and the century. The date of birth follows as DDMMYY.
        let (day, month) = (digits[1] * 10 + digits[2], digits[3] * 10 + digits[4])
        return (1...6).contains(digits[0]) && (1...31).contains(day) && (1...12).contains(month)
    }
}
