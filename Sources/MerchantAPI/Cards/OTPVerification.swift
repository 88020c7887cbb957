/// Exchanges the code for the card's token (BM-MERCHANT-API 6.1, method 4).
public struct OTPVerification: Hashable, Sendable {
    /// The id that ``SentOTP`` gave.
    public let id: VerificationID
    /// The code that the holder got.
    public let otp: OTPCode

    /// Makes a request for one code.
    public init(id: VerificationID, otp: OTPCode) {
        self.id = id
        self.otp = otp
    }
}

extension OTPVerification: MerchantRequest {
    static let method = MerchantMethod.verifyOTP
    static let path = "/services/partnercardms/api/verify-otp"
    /// `false`, because each call uses up a try.
    static let mayBeAskedAgain = false

    /// The body of the request. `id` is a number in the document's table and a string in its sample.
    var body: JSONValue {
        .object(["id": .string(String(id.number)), "otp": .string(otp.digits)])
    }

    static func read(_ json: JSONValue, httpStatus: Int) throws(MerchantError.Cause) -> CardToken {
        guard let token = try CardAnswer(json, httpStatus: httpStatus).data.string,
            token.utf8.allSatisfy({ (33...126).contains($0) })
        else { throw .untrusted(httpStatus: httpStatus, why: "data is no token") }
        return CardToken(secret: token)
    }
}
