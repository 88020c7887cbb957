public import PaymentValues

/// Holds up to 30 % more on the same card, without a code (BM-MERCHANT-API 6.1, method 10).
public struct HoldIncrease: Hashable, Sendable {
    /// The bill that money is held for.
    public let bill: BillID
    /// How much more, in tiyin, above zero.
    public let amount: Tiyin
    /// The card that holds the money.
    public let card: CardNumber
    /// The card's expiry.
    public let expiry: CardExpiry
    /// The kind of the card.
    public let type: PaymentType

    /// - Throws: ``UnusableAmount`` for an amount that is not above zero.
    public init(
        bill: BillID, amount: Tiyin, card: CardNumber, expiry: CardExpiry, type: PaymentType = .uzcard
    ) throws(UnusableAmount) {
        guard amount > .zero else { throw UnusableAmount() }
        self.bill = bill
        self.amount = amount
        self.card = card
        self.expiry = expiry
        self.type = type
    }
}

extension HoldIncrease: KnownBillRequest {
    static let method = MerchantMethod.addToHold
    static let path = "/services/bmms/api/agent/hold/v2/more"
    /// The document's sample says HOLD_SUCCESS. Its table says SUCCESS, the word for a paid bill, which does not prove that more
    /// is held.
    static let successWords: Set = ["HOLD_SUCCESS"]

    var body: JSONValue {
        .object([
            "billId": bill.json, "amount": .number(String(amount.count)), "type": .string(type.rawValue),
            "params": .card(card, expiry),
        ])
    }

    /// The answer's amount is what was added in the document's sample, and the payment's sum in its table. It is never less.
    func verifyAmount(of answer: BillAnswer) throws(MerchantError.Cause) {
        guard answer.amount >= amount else {
            throw .untrusted(httpStatus: answer.httpStatus, why: "its amount is less than was added")
        }
    }
}
