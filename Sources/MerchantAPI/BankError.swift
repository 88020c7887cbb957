import Payouts

/// An error in the bank's own shape, at the top of a body or under `result` (BM-MERCHANT-API 6.1, "Ошибки"); or a bare
/// 401 or 429.
public struct BankError: Error, Hashable, Sendable {
    /// The HTTP status of the answer.
    public let httpStatus: Int
    /// The bank's code as it came, `nil` for a 401 or 429 without one.
    public let detail: String?
    /// Set only where the code and its status both fit the catalogue.
    public let catalogued: CataloguedError?
    /// The bank's texts by language (`uz`, `ru`, `en`), and `title`; card numbers masked.
    public let texts: [String: String]
    /// The bank's `Retry-After` in seconds, 0 to 86 400, where it gave one, in seconds or as a date.
    public let retryAfterSeconds: Int?

    public init(
        httpStatus: Int, detail: String?, catalogued: CataloguedError?, texts: [String: String] = [:],
        retryAfterSeconds: Int? = nil
    ) {
        self.httpStatus = httpStatus
        self.detail = detail.map(maskingCardNumbers(in:))
        self.catalogued = catalogued
        self.texts = texts.mapValues(maskingCardNumbers(in:))
        self.retryAfterSeconds = retryAfterSeconds
    }
}

extension BankError {
    /// Whether the refusal leaves open that the bank did what it was told. Certain are only refusals of the catalogue below
    /// HTTP 500 (`pc_error`, an error between the bank and the card's own, is not), and a 401 or 429 without a code of it.
    public var mayHaveTakenEffect: Bool {
        if let catalogued { return catalogued.httpStatus >= 500 || catalogued == .pcError }
        if let detail, httpStatus != 429 || CataloguedError(rawValue: detail) != nil { return true }
        return httpStatus != 401 && httpStatus != 429
    }
}

extension BankError: CustomStringConvertible {
    public var description: String {
        let text = catalogued?.text.en ?? texts["en"] ?? texts["title"] ?? "no reason given"
        return "HTTP \(httpStatus) \(detail ?? "without a code"): \(text)"
    }
}
