import PaymentValues

/// Recognizes the usual accounts and cards of Uzbekistan. Others are possible, and get a warning.
enum UsualDigits {
    /// Returns whether the card begins like Uzcard, Humo, or a card that they issue with Visa, Mastercard or UnionPay.
    static func begins(_ card: CardNumber) -> Bool {
        let digits = card.digits.utf8.span
        return switch (0..<4).reduce(0, { $0 * 10 + Int(digits[$1] &- 48) }) {
        case 8600, 9860, 5614, 6262, 5440, 5555, 4000...4999: true
        default: false
        }
    }

    /// Returns whether the currency in digits 6 to 8 is so'm.
    static func isInSom(_ account: SettlementAccount) -> Bool {
        let digits = account.digits.utf8.span
        return (5..<8).allSatisfy { digits[$0] == UInt8(ascii: "0") }
    }

    /// Returns whether the last five digits are zeros. Excel keeps fifteen of twenty digits and replaces the others
    /// with zeros.
    static func endsInZeros(_ account: SettlementAccount) -> Bool {
        let digits = account.digits.utf8.span
        return (15..<20).allSatisfy { digits[$0] == UInt8(ascii: "0") }
    }
}
