import PaymentValues

/// Method 15, a payout from a company's account to a card (BM-MERCHANT-API 6.1).
extension PayoutOrder: MerchantRequest {
    static let method = MerchantMethod.payout
    static let path = "/services/bmms/api/ext/agent/pay"
    static let mayBeAskedAgain = false

    /// The body of the request. Equal orders give equal bytes.
    var body: JSONValue {
        let from: JSONMembers = [
            "account": .string(account.digits), "mfo": .string(bankCode.digits), "name": .string(senderName),
        ]
        let to: JSONMembers = ["exp": .string(expiry.mmyy), "pan": .string(card.digits)]
        return .object([
            "agentTranId": .number(String(id.number)),
            "amount": .number(String(amount.count)),
            "from": .object(["currency": .number("860"), "params": .object(from), "type": .string("ACCOUNT")]),
            "to": .object(["currency": .number("860"), "params": .object(to), "type": .string("PAN")]),
        ])
    }

    static func read(_ json: JSONValue, httpStatus: Int) throws(MerchantError.Cause) -> PayoutAnswer {
        try PayoutAnswer(json, httpStatus: httpStatus)
    }
}
