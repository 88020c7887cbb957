package import Payouts

/// Selects the form of a noun after a number (Unicode CLDR, cardinal plural rules).
package struct PluralRule: Sendable {
    package let language: Language

    package init(_ language: Language) {
        self.language = language
    }

    /// Returns the index of the form in the language's list: `выплата | выплаты | выплат`, `payout | payouts`,
    /// `to‘lov`.
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
