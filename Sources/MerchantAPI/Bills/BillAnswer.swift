public import PaymentValues

/// What the bank says of a bill when it has done what it was told (BM-MERCHANT-API 6.1, methods 6 to 13): one table serves all
/// eight. That it was done has been read from `success`, from `status` and, where one was sent, from the bill's number.
public struct BillAnswer: Hashable, Sendable {
    /// The HTTP status of the answer.
    public let httpStatus: Int
    /// `id`.
    public let bill: BillID
    /// The bank's word: `CHECK_OK`, `SUCCESS`, `HOLD_SUCCESS` or `CANCELLED`.
    public let status: String
    /// In tiyin. After ``MerchantClient/reversePartOfHold(_:)`` what is still held; after ``MerchantClient/addToHold(_:)`` the sum
    /// that was added, or the hold with it: the document's sample and its table differ.
    public let amount: Tiyin
    /// ISO 4217 number; 860 is UZS.
    public let currency: Int64?
    /// The customer's account with the merchant.
    public let account: String?
    /// The supplier's name.
    public let recipientShortName: String?
    /// `sessionId`, which the document does not explain.
    public let sessionID: String?
    /// `amountRatio`, which the document does not explain.
    public let amountRatio: Int64?
    /// The id of the transaction outside the bank, or at the supplier.
    public let extID: String?
    /// The bank's text, with card numbers masked.
    public let responseText: String?
    /// `data` as JSON text, card numbers masked.
    public let data: String?
    /// As it came: the document has times that are none.
    public let requestTime: String?
    /// As it came.
    public let responseTime: String?
    /// `gatewayName`, which the document does not explain.
    public let gatewayName: String?

    /// - Parameter success: the words that stand for success.
    init(_ json: JSONValue, httpStatus: Int, success words: Set<String>) throws(MerchantError.Cause) {
        let fields = RequiredFields(json: json, httpStatus: httpStatus)
        func text(_ name: String) -> String? { json[name]?.string.map(maskingCardNumbers(in:)) }
        // An id of 13 digits is one, and people must be able to name it.
        func id(_ name: String) -> String? { json[name]?.string.map(maskingTrueCardNumbers(in:)) }
        status = maskingCardNumbers(in: try fields.string("status"))
        responseText = text("responseText")
        guard let isSuccess = try fields.optionalBool("success") else {
            throw .untrusted(httpStatus: httpStatus, why: "success is missing or not readable")
        }
        guard isSuccess, words.contains(status) else {
            throw .unsuccessful(httpStatus: httpStatus, status: String(status.prefix(100)), text: responseText)
        }
        bill = try fields.positive("id", BillID.init)
        amount = Tiyin(try fields.integer("amount"))
        currency = try fields.optionalInteger("currency")
        guard amount >= .zero, currency == nil || currency == 860 else {
            throw .untrusted(httpStatus: httpStatus, why: "its amount is below zero, or not in UZS")
        }
        self.httpStatus = httpStatus
        account = id("account")
        recipientShortName = text("recipientShortName")
        sessionID = id("sessionId")
        amountRatio = json["amountRatio"]?.integer
        extID = id("extId")
        data = json["data"].map { maskingCardNumbers(in: $0.dataText) }
        requestTime = text("requestTime")
        responseTime = text("responseTime")
        gatewayName = text("gatewayName")
    }
}
