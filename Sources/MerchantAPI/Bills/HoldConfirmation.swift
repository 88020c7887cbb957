import PaymentValues

/// Takes the money that is held on a card (BM-MERCHANT-API 6.1, method 9).
public struct HoldConfirmation: Hashable, Sendable {
    /// The bill that money is held for.
    public let bill: BillID

    /// Makes a request for one bill.
    public init(bill: BillID) {
        self.bill = bill
    }
}

extension HoldConfirmation: KnownBillRequest {
    static let method = MerchantMethod.confirmHold
    static let path = "/services/bmms/api/agent/hold/v2/confirm"
    static let successWords: Set = ["SUCCESS"]
}
