public import PaymentValues

/// Asks whether an account can be paid, and for the number of the bill (BM-MERCHANT-API 6.1, method 6). It moves no
/// money.
public struct BillCheck: Hashable, Sendable {
    /// The customer's account with the merchant, for example the number of an order.
    public let account: String
    /// The supplier who is paid.
    public let recipient: RecipientID
    /// The amount in tiyin, above zero.
    public let amount: Tiyin
    /// The agent's own id of this transaction. Never use it twice.
    public let reference: AgentReference
    /// The card that will pay.
    public let card: CardNumber
    /// The card's expiry.
    public let expiry: CardExpiry

    /// Makes a request for one account and one card.
    /// - Throws: ``UnusableAmount`` for an amount that is not above zero.
    public init(
        account: String, recipient: RecipientID, amount: Tiyin, reference: AgentReference, card: CardNumber,
        expiry: CardExpiry
    ) throws(UnusableAmount) {
        guard amount > .zero else { throw UnusableAmount() }
        self.account = account
        self.recipient = recipient
        self.amount = amount
        self.reference = reference
        self.card = card
        self.expiry = expiry
    }
}

extension BillCheck: BillRequest {
    static let method = MerchantMethod.checkBill
    static let path = "/services/bmms/api/agent/unregistered-check"
    static let successWords: Set = ["CHECK_OK"]
    static let mayBeAskedAgain = true

    /// The body of the request. `amount` is a string in the document's table. Its sample has a placeholder without
    /// quotes, as for every other string.
    var body: JSONValue {
        .object([
            "account": .string(account), "recipientId": .number(String(recipient.number)),
            "amount": .string(String(amount.count)), "currency": .number("860"),
            "agentTranId": .string(reference.text), "params": .card(card, expiry),
        ])
    }

    func verify(_ answer: BillAnswer) throws(MerchantError.Cause) {
        try answer.expect(amount)
        if let stated = answer.account, stated != maskingTrueCardNumbers(in: account) {
            throw .untrusted(httpStatus: answer.httpStatus, why: "it is about another account")
        }
    }
}

extension JSONValue {
    /// Returns `params` of a card in the form of methods 6 and 10.
    static func card(_ card: CardNumber, _ expiry: CardExpiry) -> JSONValue {
        .object(["pan": .string(card.digits), "exp": .string(expiry.mmyy)])
    }
}
