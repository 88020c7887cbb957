public import PaymentValues

/// The bank's successful answer about a bill (BM-MERCHANT-API 6.1, methods 6 to 13). All eight methods share one table.
/// The client has checked `success`, `status` and the bill's number, if one was sent.
public struct BillAnswer: Hashable, Sendable {
    /// The HTTP status of the answer.
    public let httpStatus: Int
    /// The bank's number of the bill (`id`).
    public let bill: BillID
    /// The bank's word: `CHECK_OK`, `SUCCESS`, `HOLD_SUCCESS` or `CANCELLED`.
    public let status: String
    /// The amount in tiyin. After ``MerchantClient/reversePartOfHold(_:)`` it is the amount that stays held. After
    /// ``MerchantClient/addToHold(_:)`` it is either the added amount or the whole hold: the document's sample and
    /// table differ.
    public let amount: Tiyin
    /// The currency as an ISO 4217 number. UZS is 860.
    public let currency: Int64?
    /// The customer's account with the merchant.
    public let account: String?
    /// The supplier's name.
    public let recipientShortName: String?
    /// The value of `sessionId`, which the document does not explain.
    public let sessionID: String?
    /// The value of `amountRatio`, which the document does not explain.
    public let amountRatio: Int64?
    /// The transaction's id outside the bank, or at the supplier.
    public let extID: String?
    /// The bank's text, with card numbers masked.
    public let responseText: String?
    /// The value of `data` as JSON text, with card numbers masked.
    public let data: String?
    /// The time of the request as it came. Some times in the document are not valid.
    public let requestTime: String?
    /// The time of the answer as it came.
    public let responseTime: String?
    /// The value of `gatewayName`, which the document does not explain.
    public let gatewayName: String?

    /// Reads an answer.
    /// - Parameter words: the words that mean success.
    init(_ json: JSONValue, httpStatus: Int, success words: Set<String>) throws(MerchantError.Cause) {
        let fields = RequiredFields(json: json, httpStatus: httpStatus)
        func text(_ name: String) -> String? { json[name]?.string.map(maskingCardNumbers(in:)) }
        // Keep an id of 13 digits unmasked: people need it to name the bill.
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
