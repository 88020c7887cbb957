public import PaymentValues

/// The bank's answer about an earlier payment (BM-MERCHANT-API 6.1, method 14). By the document it has no agentTranId.
public struct StatusAnswer: Hashable, Sendable {
    /// The HTTP status of the answer.
    public let httpStatus: Int
    /// The status of the payment, for example ``PaymentStatus/success``. ``PaymentStatus/isFinal`` says whether to ask
    /// again.
    public let status: PaymentStatus
    /// The value of `success`. Its meaning depends on the status: it is also `true` with `PAYING`.
    public let success: Bool?
    /// The payment's id in the bank's billing.
    public let id: Int64?
    /// The amount in tiyin.
    public let amount: Tiyin?
    /// The currency as an ISO 4217 number. UZS is 860.
    public let currency: Int64?
    /// The agentTranId that the answer names although it need not.
    public let agentTransactionID: Int64?
    /// The bank's text, with card numbers masked.
    public let responseText: String?
    /// The value of `data` as JSON text, with card numbers masked.
    public let data: String?

    /// Makes an answer, for example for a test. It masks card numbers in the texts.
    public init(
        httpStatus: Int, status: PaymentStatus, success: Bool? = nil, id: Int64?, amount: Tiyin?,
        currency: Int64? = 860, agentTransactionID: Int64? = nil,
        responseText: String? = nil, data: String? = nil
    ) {
        self.httpStatus = httpStatus
        self.status = PaymentStatus(rawValue: maskingCardNumbers(in: status.rawValue))
        self.success = success
        self.id = id
        self.amount = amount
        self.currency = currency
        self.agentTransactionID = agentTransactionID
        self.responseText = responseText.map(maskingCardNumbers(in:))
        self.data = data.map(maskingCardNumbers(in:))
    }

    init(_ json: JSONValue, httpStatus: Int) throws(MerchantError.Cause) {
        let fields = RequiredFields(json: json, httpStatus: httpStatus)
        self.init(
            httpStatus: httpStatus, status: PaymentStatus(rawValue: try fields.string("status")),
            success: try fields.optionalBool("success"),
            id: json["id"]?.integer, amount: try fields.optionalInteger("amount").map(Tiyin.init),
            currency: try fields.optionalInteger("currency"), agentTransactionID: json["agentTranId"]?.integer,
            responseText: json["responseText"]?.string,
            data: json["data"]?.dataText)
    }
}
