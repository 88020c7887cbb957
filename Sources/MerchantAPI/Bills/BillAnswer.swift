public import PaymentValues

/// The bank's answer about a bill, after success (BM-MERCHANT-API 6.1, methods 6 to 13). All eight methods share one table. The
/// client has checked `success`, `status` and, where one was sent, the bill's number.
public struct BillAnswer: Hashable, Sendable {
    /// The HTTP status of the answer.
    public let httpStatus: Int
    /// `id`.
    public let bill: BillID
    /// The bank's word: `CHECK_OK`, `SUCCESS`, `HOLD_SUCCESS` or `CANCELLED`.
    public let status: String
    /// In tiyin. After ``MerchantClient/reversePartOfHold(_:)`` it is what stays held. After ``MerchantClient/addToHold(_:)`` it is
    /// what was added, or the whole hold: the document's sample and its table differ.
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
    /// The transaction's id outside the bank, or at the supplier.
    public let extID: String?
    /// The bank's text, with card numbers masked.
    public let responseText: String?
    /// `data` as JSON text, card numbers masked.
    public let data: String?
    /// As it came: some times in the document are not valid.
    public let requestTime: String?
    /// As it came.
    public let responseTime: String?
    /// `gatewayName`, which the document does not explain.
    public let gatewayName: String?

    /// - Parameter words: the words that mean success.
    init(_ json: JSONValue, httpStatus: Int, success words: Set<String>) throws(MerchantError.Cause) {
        let fields = RequiredFields(json: json, httpStatus: httpStatus)
        func text(_ name: String) -> String? { json[name]?.string.map(maskingCardNumbers(in:)) }
        // Keep an id of 13 digits: people must be able to name it.
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
