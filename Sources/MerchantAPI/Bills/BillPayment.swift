public import PaymentValues

/// Pays a bill that was checked, from the customer's card (BM-MERCHANT-API 6.1, method 7).
public struct BillPayment: Hashable, Sendable {
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

extension BillPayment: KnownBillMethod {
    static let path = "/services/bmms/api/agent/unregistered-pay"
    static let successWords: Set = ["SUCCESS"]

    var body: JSONValue { .oneTimeCode(otp, type: type, bill: bill) }

    func verifyAmount(of answer: BillAnswer) throws(MerchantError) {
        try answer.expect(expected)
    }
}

extension JSONValue {
    /// The body of methods 7 and 8. The document's table calls `params` a string; its samples send an object.
    static func oneTimeCode(_ otp: OTPCode, type: PaymentType, bill: BillID) -> JSONValue {
        .object([
            "billId": bill.json, "type": .string(type.rawValue), "params": .object(["otp": .string(otp.digits)]),
        ])
    }
}
