/// A card's PAN: 16 decimal digits that pass the Luhn check. Shown masked everywhere; `digits` is the only way to the
/// whole number and is meant for the bank's request and the sealed ledger alone.
public struct CardNumber: Hashable, Sendable {
    /// The whole number. Never show, log or store it in clear.
    public let digits: String

    /// - Throws: ``Invalid`` for anything but 16 ASCII digits with a right check digit.
    public init(_ digits: String) throws(Invalid) {
        guard digits.utf8.count == 16, digits.utf8.allSatisfy(\.isASCIIDigit) else { throw .shape }
        guard Self.passesLuhn(digits.utf8) else { throw .checkDigit }
        self.digits = digits
    }

    public enum Invalid: Error, Hashable {
        /// Not 16 digits.
        case shape
        /// 16 digits, and the last one does not fit the others.
        case checkDigit
    }

    /// BIN and last four: `860006******6311`.
    public var masked: String {
        Self.mask(digits)
    }

    static func mask(_ digits: some StringProtocol) -> String {
        String(digits.prefix(6)) + String(repeating: "*", count: max(digits.count - 10, 0)) + String(digits.suffix(4))
    }

    static func passesLuhn(_ digits: some BidirectionalCollection<UInt8>) -> Bool {
        var sum = 0
        for (position, byte) in digits.reversed().enumerated() {
            let digit = Int(byte) - 48
            let weighted = position.isMultiple(of: 2) ? digit : digit * 2
            sum += weighted > 9 ? weighted - 9 : weighted
        }
        return sum.isMultiple(of: 10)
    }
}

extension CardNumber: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { masked }
    public var debugDescription: String { masked }
    public var customMirror: Mirror { Mirror(self, children: ["masked": masked]) }
}

extension UInt8 {
    package var isASCIIDigit: Bool { (48...57).contains(self) }
}
