public import Foundation
public import PaymentValues

/// The bank's answer to a payout, as it came (BM-MERCHANT-API 6.1, method 15). Only all fields together prove success:
/// see ``proves(_:)``.
public struct PayoutAnswer: Hashable, Sendable {
    /// The HTTP status of the answer.
    public let httpStatus: Int
    /// The value of `success`.
    public let success: Bool
    /// The value of `statusCode`. It is 0 if the payout was made.
    public let statusCode: Int64
    /// The value of `statusMessage`, with card numbers masked.
    public let statusMessage: String?
    /// The value of `agentTranId`. It is the order's id if the answer belongs to the order.
    public let agentTransactionID: Int64
    /// The amount in tiyin.
    public let amount: Tiyin
    /// The currency as an ISO 4217 number. UZS is 860.
    public let currency: Int64?
    /// The bank's id: `bmId` in its table, `bmlId` in its sample.
    public let bmID: Int64?
    /// The company's side.
    public let sender: Side?
    /// The card's side.
    public let recipient: Side?

    /// The bank's data about one side. `name` is dropped, because it holds account, card and expiry.
    public struct Side: Hashable, Sendable {
        /// The commission as a number. The bank does not say whether it is a percentage or an amount in tiyin.
        public var commission: Decimal? { commissionText.flatMap { Decimal(string: $0, locale: Self.plainNumbers) } }
        /// The commission in the bank's own digits.
        public let commissionText: String?
        /// The amount of the commission in tiyin.
        public let commissionAmount: Tiyin?
        /// The value of `EXT_ID` in `data`.
        public let extID: String?
        /// The value of `data` as JSON text, with card numbers masked.
        public let data: String?
    }

    /// Makes an answer, for example for a test. It masks card numbers in the texts.
    public init(
        httpStatus: Int, success: Bool, statusCode: Int64, statusMessage: String? = nil, agentTransactionID: Int64,
        amount: Tiyin, currency: Int64? = 860, bmID: Int64?, sender: Side? = nil, recipient: Side? = nil
    ) {
        self.httpStatus = httpStatus
        self.success = success
        self.statusCode = statusCode
        self.statusMessage = statusMessage.map(maskingCardNumbers(in:))
        self.agentTransactionID = agentTransactionID
        self.amount = amount
        self.currency = currency
        self.bmID = bmID
        self.sender = sender
        self.recipient = recipient
    }

    init(_ json: JSONValue, httpStatus: Int) throws(MerchantError.Cause) {
        let fields = RequiredFields(json: json, httpStatus: httpStatus)
        let ids = [json["bmId"], json["bmlId"]].compactMap { $0 }
        let numbers = Set(ids.map(\.integer))
        guard numbers.count <= 1, !numbers.contains(nil) else {
            throw .untrusted(httpStatus: httpStatus, why: "its id is no number, or two ids disagree")
        }
        let currency = try json["currency"].map { _ throws(MerchantError.Cause) in try fields.integer("currency") }
        self.init(
            httpStatus: httpStatus, success: try fields.bool("success"), statusCode: try fields.integer("statusCode"),
            statusMessage: json["statusMessage"]?.string, agentTransactionID: try fields.integer("agentTranId"),
            amount: Tiyin(try fields.integer("amount")), currency: currency, bmID: numbers.first ?? nil,
            sender: json["sender"].map(Side.init), recipient: json["recipient"].map(Side.init))
    }
}

extension PayoutAnswer.Side {
    private static let plainNumbers = Locale(identifier: "en_US_POSIX")

    init(_ json: JSONValue) {
        commissionText = json["commission"]?.decimalText
        commissionAmount = json["commissionAmount"]?.integer.map(Tiyin.init)
        extID = json["data"]?.unwrapped["EXT_ID"]?.string.map(maskingCardNumbers(in:))
        data = json["data"].map { maskingCardNumbers(in: $0.dataText) }
    }
}
