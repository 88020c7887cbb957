import PaymentValues

/// Cancels a payment of method 7, or a confirmed hold (BM-MERCHANT-API 6.1, method 11). The agent needs a special role.
public struct PaymentCancellation: Hashable, Sendable {
    /// The bill that was paid.
    public let bill: BillID

    /// Makes a request for one bill.
    public init(bill: BillID) {
        self.bill = bill
    }
}

extension PaymentCancellation: KnownBillRequest {
    static let method = MerchantMethod.cancelPayment
    static let path = "/services/bmms/api/agent/cancel/v3"
    static let successWords: Set = ["CANCELLED"]
}
