public import PaymentValues

/// Holds the amount of a checked bill on the customer's card, to debit or release it later (BM-MERCHANT-API 6.1, method
/// 8).
public struct BillHold: Hashable, Sendable {
    /// The bill that was checked.
    public let bill: BillID
    /// The code that the customer got by SMS.
    public let otp: OTPCode
    /// The kind of the payment.
    public let type: PaymentType
    /// The amount of the checked bill in tiyin. It is not sent. An answer with another amount is untrusted.
    public let expected: Tiyin?

    /// Makes the request for one bill and one code.
    public init(bill: BillID, otp: OTPCode, type: PaymentType = .processingCentre, expected: Tiyin? = nil) {
        self.bill = bill
        self.otp = otp
        self.type = type
        self.expected = expected
    }
}

extension BillHold: KnownBillRequest {
    static let method = MerchantMethod.holdBill
    static let path = "/services/bmms/api/agent/hold/v2/otp"
    /// The words for success. The document has SUCCESS here, and HOLD_SUCCESS for later changes of the same hold.
    static let successWords: Set = ["SUCCESS", "HOLD_SUCCESS"]

    var body: JSONValue { .oneTimeCode(otp, type: type, bill: bill) }

    func verifyAmount(of answer: BillAnswer) throws(MerchantError.Cause) {
        try answer.expect(expected)
    }
}
