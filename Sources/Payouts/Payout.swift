package import PaymentValues

/// One row of a payout file: the recipient, the amount and the account.
package struct Payout: Hashable, Sendable {
    /// The row's number as Excel shows it. The header is usually row 1.
    package let row: Int
    package let account: SettlementAccount
    package let bankCode: BankCode
    package let card: CardNumber
    package let expiry: CardExpiry
    /// The amount. It is above zero.
    package let amount: Tiyin
    /// The recipient's name, for the report only.
    package let name: String?
    /// The accountant's own id of the row, for the report only.
    package let rowKey: String?

    package init(
        row: Int, account: SettlementAccount, bankCode: BankCode, card: CardNumber, expiry: CardExpiry, amount: Tiyin,
        name: String? = nil, rowKey: String? = nil
    ) {
        self.row = row
        self.account = account
        self.bankCode = bankCode
        self.card = card
        self.expiry = expiry
        self.amount = amount
        self.name = name
        self.rowKey = rowKey
    }
}
