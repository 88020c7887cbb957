public import PaymentValues

/// Holds up to 30 % more on the same card, without a code (BM-MERCHANT-API 6.1, method 10).
public struct HoldIncrease: Hashable, Sendable {
    /// The bill that money is held for.
    public let bill: BillID
    /// The amount to add, in tiyin, above zero.
    public let amount: Tiyin
    /// The card that holds the money.
    public let card: CardNumber
    /// The card's expiry.
    public let expiry: CardExpiry
    /// The kind of the card.
    public let type: PaymentType

    /// Makes a request for one bill and one card.
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
    /// The word for success, HOLD_SUCCESS, as in the document's sample. The table says SUCCESS. That is the word for a
    /// paid bill, and does not prove that more is held.
    static let successWords: Set = ["HOLD_SUCCESS"]

    var body: JSONValue {
        .object([
            "billId": bill.json, "amount": .number(String(amount.count)), "type": .string(type.rawValue),
            "params": .card(card, expiry),
        ])
    }

    /// Verifies the amount. In the document's sample it is the added amount, in its table the payment's total. It is
    /// never less than the added amount.
    func verifyAmount(of answer: BillAnswer) throws(MerchantError.Cause) {
        guard answer.amount >= amount else {
            throw .untrusted(httpStatus: answer.httpStatus, why: "its amount is less than was added")
        }
    }
}
