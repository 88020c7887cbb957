/// A card's PAN: 16 decimal digits that pass the Luhn check. It prints masked. Only `digits` has the whole number, for
/// the bank's request and for encrypted storage.
public struct CardNumber: Hashable, Sendable {
    /// The whole number. Never show, log or store it in clear.
    public let digits: String

    /// Takes 16 ASCII digits with the right check digit.
    /// - Throws: ``Invalid`` for any other text.
    public init(_ digits: String) throws(Invalid) {
        var digits = digits
        let fault: Invalid? = digits.withUTF8 { bytes in
            guard bytes.count == 16, unsafe bytes.allSatisfy(\.isASCIIDigit) else { return .shape }
            return unsafe Self.passesLuhn(bytes) ? nil : .checkDigit
        }
        if let fault { throw fault }
        self.digits = digits
    }

    /// The reason why a text is not a card number.
    public enum Invalid: Error, Hashable {
        /// The text is not 16 digits.
        case shape
        /// The text is 16 digits, but the last digit does not match the others.
        case checkDigit
    }

    /// The BIN and the last four digits: `860006******6311`.
    public var masked: String {
        Self.mask(digits)
    }

    static func mask(_ digits: some StringProtocol) -> String {
        var bytes = Array(digits.utf8)
        for place in bytes.indices.dropFirst(6).dropLast(4) { bytes[place] = UInt8(ascii: "*") }
        return String(decoding: bytes, as: UTF8.self)
    }

    static func passesLuhn(_ digits: some Collection<UInt8>) -> Bool {
        var sum = 0
        // Counted from the right, every second digit is doubled.
        var isDoubled = digits.count.isMultiple(of: 2)
        for byte in digits {
            let digit = Int(byte) - 48
            let weighted = isDoubled ? digit * 2 : digit
            sum += weighted > 9 ? weighted - 9 : weighted
            isDoubled.toggle()
        }
        return sum.isMultiple(of: 10)
    }
}

extension CardNumber: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The BIN and the last four digits.
    public var description: String { masked }
    /// The BIN and the last four digits.
    public var debugDescription: String { masked }
    /// Shows only the BIN and the last four digits.
    public var customMirror: Mirror { Mirror(self, children: ["masked": masked]) }
}

extension UInt8 {
    package var isASCIIDigit: Bool { (48...57).contains(self) }
}
