public import PaymentValues

/// Holds the sum of a bill that was checked on the customer's card, to be taken or given back later (BM-MERCHANT-API 6.1,
/// method 8).
public struct BillHold: Hashable, Sendable {
    public let bill: BillID
    /// The code that the customer got by SMS.
    public let otp: OTPCode
    public let type: PaymentType
    /// What the bill was checked for, in tiyin. It is not sent; where it is given, an answer with another amount is not
    /// believed.
    public let expected: Tiyin?

    public init(bill: BillID, otp: OTPCode, type: PaymentType = .processingCentre, expecting amount: Tiyin? = nil) {
        self.bill = bill
        self.otp = otp
        self.type = type
        expected = amount
    }
}

extension BillHold: KnownBillMethod {
    static let path = "/services/bmms/api/agent/hold/v2/otp"
    /// The document has SUCCESS here, and HOLD_SUCCESS for later changes of the same hold.
    static let successWords: Set = ["SUCCESS", "HOLD_SUCCESS"]

    var body: JSONValue { .oneTimeCode(otp, type: type, bill: bill) }

    func verifyAmount(of answer: BillAnswer) throws(MerchantError) {
        try answer.expect(expected)
    }
}
