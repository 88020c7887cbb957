/// A card of a merchant's customer. Every number that passes Luhn is such a card. Its properties are computed from the
/// number.
struct CustomerCard: Sendable, Equatable {
    let pan: String
    /// The expiry as MMYY.
    let expiry: String

    /// Makes the card of a number.
    /// - Throws: ``RequestFault`` if the number fails Luhn, or is a test card that the bank refuses.
    init(pan: String, expiry: String) throws(RequestFault) {
        guard Digits.passLuhn(pan) else { throw RequestFault(error: .cardNotFound) }
        if case .refused(let error) = TestCard(pan: pan)?.outcome, error != .insufficientFundsOnDeposit {
            throw RequestFault(error: error)
        }
        self.pan = pan
        self.expiry = expiry
    }

    /// The phone number, twelve digits. `nil` for the test card whose holder has no SMS.
    var phone: String? {
        if TestCard.number(of: pan) == Self.withoutSMS { return nil }
        let number = pan.utf8.reduce(0) { ($0 * 31 + UInt64($1)) % 10_000_000 }
        return "99890" + String(String(10_000_000 + number).dropFirst())
    }

    /// The number in digits 13 to 15 of the test card without SMS.
    static let withoutSMS = 51
    /// The number in digits 13 to 15 of the test card with little money.
    static let withLittleMoney = 52
    static let littleMoneyTiyin: Int64 = 100_000

    func balanceTiyin(usually balance: Int64) -> Int64 {
        TestCard.number(of: pan) == Self.withLittleMoney ? Self.littleMoneyTiyin : balance
    }

    /// Masks a phone number as get-user-cards and send-otp do: `99890*****87`.
    static func mask(phone: String) -> String {
        phone.prefix(5) + "*****" + phone.suffix(2)
    }

    /// Masks a phone number as unregistered-check does: `+9***275`.
    static func maskShort(phone: String) -> String {
        "+" + phone.prefix(1) + "***" + phone.suffix(3)
    }

    var json: JSONText {
        .fields([
            "bankName": .string("AnorBank"),
            "cardType": .string(type),
            "cardHolderName": .string("Sandbox Holder"),
            // Use five stars whatever the length, as in the document's sample.
            "pan": .string(pan.prefix(6) + "*****" + pan.suffix(4)),
            "expiry": .string(expiry),
        ])
    }

    private var type: String {
        switch pan.prefix(4) {
        case "9860": "HUMO"
        case let prefix where prefix.hasPrefix("4"): "VISA"
        case "5440", "5555": "MASTERCARD"
        default: "UZCARD"
        }
    }
}
