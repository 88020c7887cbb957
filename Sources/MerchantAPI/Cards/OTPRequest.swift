public import PaymentValues

/// Sends a code to the phone that belongs to a card (BM-MERCHANT-API 6.1, method 3).
public struct OTPRequest: Hashable, Sendable {
    /// The card whose holder gets the code.
    public let card: CardNumber
    /// The card's expiry.
    public let expiry: CardExpiry

    /// Makes a request for one card.
    public init(card: CardNumber, expiry: CardExpiry) {
        self.card = card
        self.expiry = expiry
    }
}

/// A code that the bank has sent (BM-MERCHANT-API 6.1, method 3).
public struct SentOTP: Hashable, Sendable {
    /// The id of the code, needed to verify it.
    public let id: VerificationID
    /// The phone's number as the bank masks it, such as `99897*****87`.
    public let phoneMask: String
}

extension OTPRequest: MerchantRequest {
    static let method = MerchantMethod.sendOTP
    static let path = "/services/partnercardms/api/send-otp"
    /// `false`, because each call sends an SMS.
    static let mayBeAskedAgain = false

    /// The body of the request. The document's table has `exp` as YYMM. Its sample has `expiry` as MMYY.
    var body: JSONValue {
        .object(["pan": .string(card.digits), "expiry": .string(expiry.mmyy)])
    }

    static func read(_ json: JSONValue, httpStatus: Int) throws(MerchantError.Cause) -> SentOTP {
        let fields = RequiredFields(json: try CardAnswer(json, httpStatus: httpStatus).data, httpStatus: httpStatus)
        return SentOTP(
            id: try fields.positive("id", VerificationID.init),
            phoneMask: maskingCardNumbers(in: try fields.string("phoneMask")))
    }
}
