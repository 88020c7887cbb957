import PaymentValues

/// How accounts and cards look here as a rule; others are possible, and are asked about.
enum UsualDigits {
    /// Uzcard, Humo, and the cards that these issue together with Visa, Mastercard and UnionPay.
    static func begins(_ card: CardNumber) -> Bool {
        switch card.digits.utf8.prefix(4).reduce(0, { $0 * 10 + Int($1 &- 48) }) {
        case 8600, 9860, 5614, 6262, 5440, 5555, 4000...4999: true
        default: false
        }
    }

    static func has(_ account: SettlementAccount) -> Bool {
        isInSom(account) && !endsInZeros(account)
    }

    static func isInSom(_ account: SettlementAccount) -> Bool { account.currencyCode == "000" }

    /// As Excel makes of twenty digits, of which it keeps fifteen.
    static func endsInZeros(_ account: SettlementAccount) -> Bool { account.digits.hasSuffix("00000") }
}
