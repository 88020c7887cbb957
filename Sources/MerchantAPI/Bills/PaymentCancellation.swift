import PaymentValues

/// Takes back a payment of method 7, or a hold that was confirmed (BM-MERCHANT-API 6.1, method 11). The bank lets only agents with
/// a special role do it.
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
