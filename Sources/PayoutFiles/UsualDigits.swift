import Payouts

/// How accounts and cards look here as a rule; others are possible, and are asked about.
enum UsualDigits {
    /// Uzcard, Humo, and the cards that these issue together with Visa, Mastercard and UnionPay.
    private static let prefixes: Set<String> = ["8600", "5614", "9860", "6262", "5440", "5555"]

    static func begins(_ card: CardNumber) -> Bool {
        card.digits.hasPrefix("4") || prefixes.contains(String(card.digits.prefix(4)))
    }

    static func has(_ account: SettlementAccount) -> Bool {
        isInSom(account) && !endsInZeros(account)
    }

    static func isInSom(_ account: SettlementAccount) -> Bool { account.currencyCode == "000" }

    /// As Excel makes of twenty digits, of which it keeps fifteen.
    static func endsInZeros(_ account: SettlementAccount) -> Bool { account.digits.hasSuffix("00000") }
}
