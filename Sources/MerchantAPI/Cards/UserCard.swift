public import PaymentValues

/// A card that its holder has confirmed, as the bank shows it (BM-MERCHANT-API 6.1, method 5). It is for display only:
/// it cannot be used to pay.
public struct UserCard: Hashable, Sendable {
    /// The masked card number, such as `860048*****2454`. The client masks the number if the bank did not.
    public let maskedPAN: String
    /// The expiry, or `nil` if the bank's text is not MMYY.
    public let expiry: CardExpiry?
    /// The bank that issued the card.
    public let bankName: String?
    /// The kind of the card, such as `UZCARD` or `HUMO`.
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

/// Asks for the cards (BM-MERCHANT-API 6.1, method 5). It is a GET without a body.
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
