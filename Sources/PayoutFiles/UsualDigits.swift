import PaymentValues

/// How accounts and cards look here as a rule; others are possible, and are asked about.
enum UsualDigits {
    /// Uzcard, Humo, and the cards that these issue together with Visa, Mastercard and UnionPay.
    static func begins(_ card: CardNumber) -> Bool {
        let digits = card.digits.utf8.span
        return switch (0..<4).reduce(0, { $0 * 10 + Int(digits[$1] &- 48) }) {
        case 8600, 9860, 5614, 6262, 5440, 5555, 4000...4999: true
        default: false
        }
    }

    /// Digits 6 to 8 are the currency.
    static func isInSom(_ account: SettlementAccount) -> Bool {
        let digits = account.digits.utf8.span
        return (5..<8).allSatisfy { digits[$0] == UInt8(ascii: "0") }
    }

    /// As Excel makes of twenty digits, of which it keeps fifteen.
    static func endsInZeros(_ account: SettlementAccount) -> Bool {
        let digits = account.digits.utf8.span
        return (15..<20).allSatisfy { digits[$0] == UInt8(ascii: "0") }
    }
}
