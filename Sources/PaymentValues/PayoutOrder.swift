/// All that the bank is told about one payout: the attempt's key, from which account, to which card, how much. The same
/// order is the same request, byte for byte. Described with the card masked.
public struct PayoutOrder: Hashable, Sendable {
    public let id: AgentTransactionID
    public let senderName: String
    public let account: SettlementAccount
    public let bankCode: BankCode
    public let card: CardNumber
    public let expiry: CardExpiry
    public let amount: Tiyin

    public init(
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

extension PayoutOrder: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "payout \(id) of \(amount) to \(card.masked)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["id": id, "amount": amount, "card": card.masked]) }
}
