public import PaymentValues

/// Pays a bill that was checked, from the customer's card (BM-MERCHANT-API 6.1, method 7).
public struct BillPayment: Hashable, Sendable {
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

extension BillPayment: KnownBillRequest {
    static let method = MerchantMethod.payBill
    static let path = "/services/bmms/api/agent/unregistered-pay"
    static let successWords: Set = ["SUCCESS"]

    var body: JSONValue { .oneTimeCode(otp, type: type, bill: bill) }

    func verifyAmount(of answer: BillAnswer) throws(MerchantError.Cause) {
        try answer.expect(expected)
    }
}

extension JSONValue {
    /// Returns the body of methods 7 and 8. The document's table calls `params` a string, and its samples send an object.
    static func oneTimeCode(_ otp: OTPCode, type: PaymentType, bill: BillID) -> JSONValue {
        .object([
            "billId": bill.json, "type": .string(type.rawValue), "params": .object(["otp": .string(otp.digits)]),
        ])
    }
}
