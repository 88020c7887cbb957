import PaymentValues

/// A request whose answer is about a bill (BM-MERCHANT-API 6.1, methods 6 to 13).
protocol BillRequest: MerchantRequest where Answer == BillAnswer {
    /// The bank's words for success.
    static var successWords: Set<String> { get }
}

extension BillRequest {
    static var mayBeAskedAgain: Bool { false }

    static func read(_ json: JSONValue, httpStatus: Int) throws(MerchantError.Cause) -> BillAnswer {
        try BillAnswer(json, httpStatus: httpStatus, success: successWords)
    }
}

/// A request about a bill that the bank knows already.
protocol KnownBillRequest: BillRequest {
    var bill: BillID { get }

    func verifyAmount(of answer: BillAnswer) throws(MerchantError.Cause)
}

extension KnownBillRequest {
    var body: JSONValue { .object(["billId": bill.json]) }

    func verify(_ answer: BillAnswer) throws(MerchantError.Cause) {
        guard answer.bill == bill else {
            throw .untrusted(httpStatus: answer.httpStatus, why: "it is about another bill")
        }
        try verifyAmount(of: answer)
    }

    func verifyAmount(of answer: BillAnswer) throws(MerchantError.Cause) {}
}

extension BillAnswer {
    /// Verifies the amount. `nil` accepts any amount.
    /// - Throws: ``MerchantError/Cause/untrusted(httpStatus:why:)`` for another amount.
    func expect(_ expected: Tiyin?) throws(MerchantError.Cause) {
        if let expected, amount != expected { throw .untrusted(httpStatus: httpStatus, why: "its amount is another") }
    }
}
