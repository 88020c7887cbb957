import Payouts

/// A payout from a company's account to a card (BM-MERCHANT-API 6.1, method 15). Described with the card masked.
public struct PayoutRequest: Hashable, Sendable {
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

extension PayoutRequest: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "payout \(id) of \(amount) to \(card.masked)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["id": id, "amount": amount, "card": card.masked]) }
}

extension PayoutRequest: MerchantMethod {
    static let path = "/services/bmms/api/ext/agent/pay"
    static let mayBeAskedAgain = false

    /// The same request is the same body, byte for byte.
    var body: JSONValue {
        let from: [String: JSONValue] = [
            "account": .string(account.digits), "mfo": .string(bankCode.digits), "name": .string(senderName),
        ]
        let to: [String: JSONValue] = ["pan": .string(card.digits), "exp": .string(expiry.mmyy)]
        return .object([
            "agentTranId": .number(String(id.number)),
            "amount": .number(String(amount.count)),
            "from": .object(["type": .string("ACCOUNT"), "currency": .number("860"), "params": .object(from)]),
            "to": .object(["type": .string("PAN"), "currency": .number("860"), "params": .object(to)]),
        ])
    }

    static func read(_ json: JSONValue, httpStatus: Int) throws(MerchantError) -> PayoutAnswer {
        try PayoutAnswer(json, httpStatus: httpStatus)
    }
}
