import Payouts

/// How accounts and cards look here as a rule; others are possible, and are asked about.
enum UsualDigits {
    /// Uzcard, Humo, and the cards that these issue together with Visa, Mastercard and UnionPay.
    private static let prefixes = ["8600", "9860", "5614", "6262", "5440", "5555", "4"].map { Array($0.utf8) }

    static func begins(_ card: CardNumber) -> Bool {
        prefixes.contains { card.digits.utf8.starts(with: $0) }
    }

    static func has(_ account: SettlementAccount) -> Bool {
        isInSom(account) && !endsInZeros(account)
    }

    static func isInSom(_ account: SettlementAccount) -> Bool { account.currencyCode == "000" }

    /// As Excel makes of twenty digits, of which it keeps fifteen.
    static func endsInZeros(_ account: SettlementAccount) -> Bool { account.digits.hasSuffix("00000") }
}
