/// Text of ASCII digits, such as accounts, bank codes and cards.
enum Digits {
    static func are(_ text: String, count: Int) -> Bool {
        text.utf8.count == count && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    /// Returns the check digit that makes the payload pass Luhn.
    static func luhnCheckDigit(of payload: String) -> Int {
        var sum = 0
        for (index, byte) in payload.utf8.reversed().enumerated() {
            var digit = Int(byte) - 0x30
            if index.isMultiple(of: 2) {
                digit *= 2
                if digit > 9 { digit -= 9 }
            }
            sum += digit
        }
        return (10 - sum % 10) % 10
    }

    static func passLuhn(_ pan: String) -> Bool {
        luhnCheckDigit(of: String(pan.dropLast())) == pan.utf8.last.map { Int($0) - 0x30 }
    }

    /// Masks a card. It keeps only the BIN and the last four digits.
    static func masked(pan: String) -> String {
        pan.prefix(6) + String(repeating: "*", count: max(0, pan.count - 10)) + pan.suffix(4)
    }
}
