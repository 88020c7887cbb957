import PaymentValues

/// A method whose answer tells of a bill (BM-MERCHANT-API 6.1, methods 6 to 13).
protocol BillMethod: MerchantMethod where Answer == BillAnswer {
    /// The bank's words for its success.
    static var successWords: Set<String> { get }
}

extension BillMethod {
    static var mayBeAskedAgain: Bool { false }

    static func read(_ json: JSONValue, httpStatus: Int) throws(MerchantError) -> BillAnswer {
        try BillAnswer(json, httpStatus: httpStatus, success: successWords)
    }
}

/// A method that is told of a bill which the bank knows already.
protocol KnownBillMethod: BillMethod {
    var bill: BillID { get }

    func verifyAmount(of answer: BillAnswer) throws(MerchantError)
}

extension KnownBillMethod {
    var body: JSONValue { .object(["billId": bill.json]) }

    func verify(_ answer: BillAnswer) throws(MerchantError) {
        guard answer.bill == bill else {
            throw .untrusted(httpStatus: answer.httpStatus, why: "it is about another bill")
        }
        try verifyAmount(of: answer)
    }

    func verifyAmount(of answer: BillAnswer) throws(MerchantError) {}
}

extension BillAnswer {
    /// - Throws: ``MerchantError/untrusted(httpStatus:why:)`` where its amount is another; with `nil` any will do.
    func expect(_ expected: Tiyin?) throws(MerchantError) {
        if let expected, amount != expected { throw .untrusted(httpStatus: httpStatus, why: "its amount is another") }
    }
}
