import PaymentValues

/// An error that the bank named, at the top of a body or under `result` (BM-MERCHANT-API 6.1, "Ошибки"); or a 401 or 429
/// without a code.
public struct BankError: Error, Hashable, Sendable {
    /// The HTTP status of the answer.
    public let httpStatus: Int
    /// The bank's code as it came; `nil` for a 401 or 429 without one.
    public let detail: String?
    /// The catalogue's entry. `nil` unless the code and its status both fit the catalogue.
    public let catalogued: CataloguedError?
    /// The bank's own texts.
    public let texts: BankTexts
    /// The bank's `Retry-After` in seconds, 0 to 86 400; `nil` where it gave none that can be used. The bank
    /// may name seconds or a date.
    public let retryAfterSeconds: Int?

    /// Makes an error, for example for a test. Card numbers in its texts are masked.
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
    /// In Uzbek.
    public let uz: String?
    /// In Russian.
    public let ru: String?
    /// In English.
    public let en: String?
    /// `title`, in no stated language.
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
    /// Whether the bank surely did not do what it was told.
    ///
    /// A catalogued code below HTTP 500 proves it, except `pc_error`, an error between the bank and the card's own. So
    /// does a 401 or 429 without a catalogued code. After a payout some codes make no sense, such as `bill_not_found`:
    /// they prove nothing, and a person must settle the payout.
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
    /// The HTTP status, the code and a text in English where there is one.
    public var description: String {
        let text = catalogued?.text.en ?? texts.en ?? texts.title ?? "no reason given"
        return "HTTP \(httpStatus) \(detail ?? "without a code"): \(text)"
    }
}
