import Payouts

/// Which form of a noun goes with a number (Unicode CLDR, plural rules of cardinals).
package struct PluralRule: Sendable {
    package let language: Language

    package init(_ language: Language) {
        self.language = language
    }

    /// 0 for the first of the language's forms: `выплата | выплаты | выплат`, `payout | payouts`, `to‘lov`.
    package func form(_ number: Int) -> Int {
        let number = number.magnitude
        switch language {
        case .uz: return 0
        case .en: return number == 1 ? 0 : 1
        case .ru:
            switch (number % 10, number % 100) {
            case (1, let tens) where tens != 11: return 0
            case (2...4, let tens) where !(12...14).contains(tens): return 1
            default: return 2
            }
        }
    }
}
