package import PaymentValues

/// A person's changes to a refused row before its rerun. A part is `nil` if it stays unchanged.
package struct Correction: Hashable, Sendable {
    package var account: SettlementAccount?
    package var bankCode: BankCode?
    package var card: CardNumber?
    package var expiry: CardExpiry?
    package var amount: Tiyin?

    package init(
        account: SettlementAccount? = nil, bankCode: BankCode? = nil, card: CardNumber? = nil,
        expiry: CardExpiry? = nil, amount: Tiyin? = nil
    ) {
        self.account = account
        self.bankCode = bankCode
        self.card = card
        self.expiry = expiry
        self.amount = amount
    }

    package var isEmpty: Bool { self == Correction() }
}
