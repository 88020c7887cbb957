/// One payout as the bank receives it: the attempt's key, the account, the card and the amount. Equal orders give equal
/// requests, byte for byte. It prints with the card masked.
public struct PayoutOrder: Hashable, Sendable {
    /// The key of this attempt.
    public let id: AgentTransactionID
    /// The company's name, as the recipient sees it.
    public let senderName: String
    /// The account that is debited.
    public let account: SettlementAccount
    /// The code (МФО) of the account's bank.
    public let bankCode: BankCode
    /// The card that is credited.
    public let card: CardNumber
    /// The card's expiry.
    public let expiry: CardExpiry
    /// The amount in tiyin.
    public let amount: Tiyin

    /// Makes an order. The bank checks whether its values match each other.
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
    /// The id, the amount and the masked card.
    public var description: String { "payout \(id) of \(amount) to \(card.masked)" }
    /// The id, the amount and the masked card.
    public var debugDescription: String { description }
    /// Shows the id, the amount and the masked card.
    public var customMirror: Mirror { Mirror(self, children: ["id": id, "amount": amount, "card": card.masked]) }
}
