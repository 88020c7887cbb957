import PaymentValues

/// An error that the bank named, at the top of a body or under `result` (BM-MERCHANT-API 6.1, "Ошибки"). A 401 or 429
/// counts even without a code.
public struct BankError: Error, Hashable, Sendable {
    /// The HTTP status of the answer.
    public let httpStatus: Int
    /// The bank's code as it came. `nil` for a 401 or 429 without a code.
    public let detail: String?
    /// The catalogue's entry. `nil` unless the code and its status both match the catalogue.
    public let catalogued: CataloguedError?
    /// The bank's own texts.
    public let texts: BankTexts
    /// The bank's `Retry-After` in seconds, 0 to 86 400, whether it came as seconds or as a date. `nil` if the bank
    /// gave no usable one.
    public let retryAfterSeconds: Int?

    /// Makes an error, for example for a test. It masks card numbers in the texts.
    public init(
        httpStatus: Int, detail: String?, catalogued: CataloguedError?, texts: BankTexts = BankTexts(),
        retryAfterSeconds: Int? = nil
    ) {
        self.httpStatus = httpStatus
        self.detail = detail.map(maskingCardNumbers(in:))
        self.catalogued = catalogued
        self.texts = texts
        self.retryAfterSeconds = retryAfterSeconds
    }
}

/// The bank's texts of one error. Any of them may be missing. Card numbers are masked.
public struct BankTexts: Hashable, Sendable {
    /// The text in Uzbek.
    public let uz: String?
    /// The text in Russian.
    public let ru: String?
    /// The text in English.
    public let en: String?
    /// The text of `title`. The document does not state its language.
    public let title: String?

    /// Masks card numbers in the texts.
    public init(uz: String? = nil, ru: String? = nil, en: String? = nil, title: String? = nil) {
        self.uz = uz.map(maskingCardNumbers(in:))
        self.ru = ru.map(maskingCardNumbers(in:))
        self.en = en.map(maskingCardNumbers(in:))
        self.title = title.map(maskingCardNumbers(in:))
    }
}

extension BankError {
    /// Returns whether the error proves that the bank did not carry out the call.
    ///
    /// A catalogued code below HTTP 500 proves it. The exception is `pc_error`, an error between the bank and the
    /// card's own bank. A 401 or 429 without a catalogued code proves it too. Some codes make no sense after a payout,
    /// such as `bill_not_found`. They prove nothing, and an employee must settle the payout.
    package func provesNothingWasDone(by method: MerchantMethod) -> Bool {
        guard let catalogued else {
            if httpStatus == 401 { return detail == nil }
            return httpStatus == 429 && detail.flatMap(CataloguedError.init(rawValue:)) == nil
        }
        let isCertain = catalogued.httpStatus < 500 && catalogued != .pcError
        return isCertain && !(method == .payout && catalogued.meaning == .human)
    }
}

extension BankError: CustomStringConvertible {
    /// The HTTP status, the code, and a text, in English if there is one.
    public var description: String {
        let text = catalogued?.text.en ?? texts.en ?? texts.title ?? "no reason given"
        return "HTTP \(httpStatus) \(detail ?? "without a code"): \(text)"
    }
}
