public import Foundation
public import PaymentValues

/// The bank's answer to a payout, as it came (BM-MERCHANT-API 6.1, method 15). Only all fields together show success:
/// ``proves(_:)``.
public struct PayoutAnswer: Hashable, Sendable {
    /// The HTTP status of the answer.
    public let httpStatus: Int
    /// `success`.
    public let success: Bool
    /// `statusCode`; 0 where the payout was made.
    public let statusCode: Int64
    /// `statusMessage`, with card numbers masked.
    public let statusMessage: String?
    /// `agentTranId`: the id of the order, if the answer is to it.
    public let agentTransactionID: Int64
    /// In tiyin.
    public let amount: Tiyin
    /// ISO 4217 number; 860 is UZS.
    public let currency: Int64?
    /// `bmId` in the bank's table, `bmlId` in its sample.
    public let bmID: Int64?
    /// The company's side.
    public let sender: Side?
    /// The card's side.
    public let recipient: Side?

    /// What the bank says about one side. Its `name` holds account, card and expiry, and is dropped.
    public struct Side: Hashable, Sendable {
        /// The bank does not state the unit: a percentage or tiyin.
        public var commission: Decimal? { commissionText.flatMap { Decimal(string: $0, locale: Self.plainNumbers) } }
        /// The commission in the bank's own digits.
        public let commissionText: String?
        /// In tiyin.
        public let commissionAmount: Tiyin?
        /// `EXT_ID` of `data`.
        public let extID: String?
        /// `data` as JSON text, card numbers masked.
        public let data: String?
    }

    /// Makes an answer, for example for a test. Card numbers in its texts are masked.
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
