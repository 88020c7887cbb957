import PaymentValues

/// Releases a whole hold before it is confirmed (BM-MERCHANT-API 6.1, method 12).
public struct HoldReversal: Hashable, Sendable {
    /// The bill that money is held for.
    public let bill: BillID

    /// Makes a request for one bill.
    public init(bill: BillID) {
        self.bill = bill
    }
}

extension HoldReversal: KnownBillRequest {
    static let method = MerchantMethod.reverseHold
    static let path = "/services/bmms/api/agent/hold/v2/reverse"
    static let successWords: Set = ["CANCELLED"]
}
