/// The answer to a successful payment, with the fields and order of the document's sample.
struct PayAnswer: Sendable, Equatable {
    var agentTranId: Int64
    var amountTiyin: Int64
    let payment: Payment
    let pan: String
    let expiry: String
    var receiptField: ReceiptField
    var statusCode: Int64 = 0
    private let commissionTiyin: Int64

    init(payment: Payment, order: PayOrder, receiptField: ReceiptField, commissionTiyin: Int64 = 0) {
        self.commissionTiyin = commissionTiyin
        self.payment = payment
        self.receiptField = receiptField
        agentTranId = payment.agentTranId
        amountTiyin = payment.amountTiyin
        pan = order.pan
        expiry = order.expiry
    }

    var json: JSONText {
        let sender: JSONText = .fields([
            "account": .string(payment.account), "mfo": .string(payment.mfo), "name": .string(payment.senderName),
        ])
        let recipient: JSONText = .fields(["pan": .string(pan), "exp": .string(expiry)])
        return .fields([
            "amount": .integer(amountTiyin),
            "currency": .integer(860),
            "agentTranId": .string(String(agentTranId)),
            "authorized": .bool(false),
            "promo": .null,
            "success": .bool(true),
            "statusCode": .integer(statusCode),
            "statusMessage": .string("SUCCESS"),
            "sender": party(
                name: sender.text, commission: "0.4", commissionTiyin, account: payment.account,
                extId: String(payment.extId)),
            "recipient": party(
                name: recipient.text, commission: "0.0", 0, account: payment.maskedCard, extId: String(payment.bmId)),
            receiptField.rawValue: .integer(payment.bmId),
        ])
    }

    private func party(
        name: String, commission: String, _ commissionTiyin: Int64, account: String, extId: String
    ) -> JSONText {
        .fields([
            "name": .string(name),
            "amount": .integer(amountTiyin),
            "commissionAmount": .integer(commissionTiyin),
            "commission": .decimal(commission),
            "currency": .integer(860),
            "data": .fields(["ACCOUNT": .string(account), "EXT_ID": .string(extId)]),
        ])
    }
}
