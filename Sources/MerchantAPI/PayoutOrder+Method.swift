import Payouts

/// Method 15, a payout from a company's account to a card (BM-MERCHANT-API 6.1).
extension PayoutOrder: MerchantMethod {
    static let path = "/services/bmms/api/ext/agent/pay"
    static let mayBeAskedAgain = false

    /// The same request is the same body, byte for byte.
    var body: JSONValue {
        let from: JSONMembers = [
            "account": .string(account.digits), "mfo": .string(bankCode.digits), "name": .string(senderName),
        ]
        let to: JSONMembers = ["pan": .string(card.digits), "exp": .string(expiry.mmyy)]
        return .object([
            "agentTranId": .number(String(id.number)),
            "amount": .number(String(amount.count)),
            "from": .object(["type": .string("ACCOUNT"), "currency": .number("860"), "params": .object(from)]),
            "to": .object(["type": .string("PAN"), "currency": .number("860"), "params": .object(to)]),
        ])
    }

    static func read(_ json: JSONValue, httpStatus: Int) throws(MerchantError) -> PayoutAnswer {
        try PayoutAnswer(json, httpStatus: httpStatus)
    }
}
