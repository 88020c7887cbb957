public import PaymentValues

/// Releases a part of a hold (BM-MERCHANT-API 6.1, method 13).
public struct PartialHoldReversal: Hashable, Sendable {
    /// The bill that money is held for.
    public let bill: BillID
    /// The amount to release, in tiyin, above zero.
    public let amount: Tiyin
    /// The amount that is held now, in tiyin. It is not sent. With it, an answer is untrusted unless exactly the
    /// difference stays held.
    public let held: Tiyin?

    /// Makes a request for a part of a hold. To release the whole hold, use ``HoldReversal``.
    /// - Throws: ``UnusableAmount`` for an amount that is not above zero, or not less than the held amount.
    public init(bill: BillID, amount: Tiyin, ofHeld held: Tiyin? = nil) throws(UnusableAmount) {
        guard amount > .zero, held.map({ $0 > amount }) ?? true else { throw UnusableAmount() }
        self.bill = bill
        self.amount = amount
        self.held = held
    }
}

extension PartialHoldReversal: KnownBillRequest {
    static let method = MerchantMethod.reversePartOfHold
    static let path = "/services/bmms/api/agent/hold/v2/reverse/partial"
    static let successWords: Set = ["HOLD_SUCCESS"]

    var body: JSONValue {
        .object(["billId": bill.json, "reverseAmount": .number(String(amount.count))])
    }

    func verifyAmount(of answer: BillAnswer) throws(MerchantError.Cause) {
        try answer.expect(held.map { Tiyin($0.count - amount.count) })
    }
}
