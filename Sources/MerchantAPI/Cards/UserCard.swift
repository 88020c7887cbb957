public import PaymentValues

/// A card that its holder has confirmed, as the bank shows it (BM-MERCHANT-API 6.1, method 5). For display only: it cannot pay.
public struct UserCard: Hashable, Sendable {
    /// As the bank masks it, `860048*****2454`. The client masks it where the bank did not.
    public let maskedPAN: String
    /// `nil` where the bank's text is not MMYY.
    public let expiry: CardExpiry?
    /// The bank that issued the card.
    public let bankName: String?
    /// Such as `UZCARD` or `HUMO`.
    public let cardType: String?
    /// The name on the card.
    public let cardHolderName: String?
}

extension UserCard {
    init(_ json: JSONValue, httpStatus: Int) throws(MerchantError.Cause) {
        func text(_ name: String) -> String? { json[name]?.string.map(maskingCardNumbers(in:)) }
        let fields = RequiredFields(json: json, httpStatus: httpStatus)
        maskedPAN = maskingCardNumbers(in: try fields.string("pan"))
        expiry = Self.expiry(json["expiry"]?.string)
        bankName = text("bankName")
        cardType = text("cardType")
        cardHolderName = text("cardHolderName")
    }

    private static func expiry(_ text: String?) -> CardExpiry? {
        do { return try text.map(CardExpiry.init(mmyy:)) } catch { return nil }
    }
}

/// Asks for the cards (BM-MERCHANT-API 6.1, method 5): a GET without a body.
struct UserCards: MerchantRequest {
    static let verb = WireRequest.Verb.get
    static let method = MerchantMethod.userCards
    static let path = "/services/partnercardms/api/get-user-cards"
    static let mayBeAskedAgain = true

    var body: JSONValue { .null }

    static func read(_ json: JSONValue, httpStatus: Int) throws(MerchantError.Cause) -> [UserCard] {
        guard case .array(let cards) = try CardAnswer(json, httpStatus: httpStatus).data else {
            throw .untrusted(httpStatus: httpStatus, why: "data is no list")
        }
        return try cards.map { card throws(MerchantError.Cause) in try UserCard(card, httpStatus: httpStatus) }
    }
}
