/// All that the bank is told about one payout: the attempt's key and the row. The same order is the same request, byte
/// for byte.
package struct PayoutOrder: Hashable, Sendable {
    package let id: AgentTransactionID
    package let senderName: String
    package let account: SettlementAccount
    package let bankCode: BankCode
    package let card: CardNumber
    package let expiry: CardExpiry
    package let amount: Tiyin

    package init(
        id: AgentTransactionID, senderName: String, account: SettlementAccount, bankCode: BankCode, card: CardNumber,
        expiry: CardExpiry, amount: Tiyin
    ) {
        self.id = id
        self.senderName = senderName
        self.account = account
        self.bankCode = bankCode
        self.card = card
        self.expiry = expiry
        self.amount = amount
    }
}
