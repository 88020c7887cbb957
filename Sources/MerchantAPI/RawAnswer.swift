/// A whole HTTP answer, as it came from the network.
package struct RawAnswer: Sendable {
    package let httpStatus: Int
    package let retryAfterSeconds: Int?
    package let body: [UInt8]
    /// Whether the bank calls itself a sandbox. A sandbox moves no money.
    package let isSandbox: Bool
    /// The value of the `Date` header. Only a `HEAD` request uses it.
    package let date: String?

    /// The header that a sandbox adds to every answer, to name itself.
    package static let sandboxHeader = "X-Payout-Sandbox"

    package init(httpStatus: Int, retryAfterSeconds: Int?, body: [UInt8], isSandbox: Bool = false, date: String? = nil)
    {
        self.httpStatus = httpStatus
        self.retryAfterSeconds = retryAfterSeconds
        self.body = body
        self.isSandbox = isSandbox
        self.date = date
    }

    /// Returns the JSON object of an answer that is not an error.
    ///
    /// HTTP 200 alone proves nothing: the bank sends its errors under 200 as well.
    func object() throws(MerchantError.Cause) -> JSONValue {
        if (300..<400).contains(httpStatus) { throw untrusted("a redirect, which is never followed") }
        let json: JSONValue
        do {
            json = try JSONReader.read(body)
        } catch {
            throw bare ?? untrusted("the body is cut or not JSON")
        }
        guard case .object = json else { throw bare ?? untrusted("the body is not a JSON object") }
        let places = [json, json["result"]].compactMap { $0 }.filter { $0["detail"] != nil }
        if httpStatus == 200, places.isEmpty { return json }
        guard Set(places.map { $0["detail"]?.string }).count <= 1 else { throw untrusted("two errors that disagree") }
        if let place = places.first, let detail = place["detail"]?.string {
            throw bankError(detail, at: place, in: json)
        }
        // A `detail` that is not text must not count as success.
        if let place = places.first, place["detail"] != .null { throw untrusted("an error that cannot be read") }
        if httpStatus == 200 { return json }
        if Self.showsSuccess(json) { throw untrusted("it shows success under an HTTP status that does not") }
        throw bare ?? untrusted("an HTTP status without a code of the bank")
    }

    /// Whether the body may be a payout's answer that was cut, wrapped or encoded differently. Then even a 401 or a 429
    /// proves nothing. An error page of a gateway does not look like an answer.
    private var mayBeAnswer: Bool {
        // Drop the zero bytes that UTF-16 puts between letters.
        let text = String(decoding: body.filter { $0 != 0 }, as: UTF8.self)
        let isCutObject =
            text.unicodeScalars.first { $0 > " " && $0 < "\u{80}" } == "{" && !text.contains("}")
        return isCutObject
            || ["success", "statusCode", "bmId", "bmlId", "agentTranId", "result", "detail"]
                .contains { text.contains("\"\($0)\"") || text.contains("\"\($0)\\\"") }
    }

    private var bare: MerchantError.Cause? {
        guard httpStatus == 401 || httpStatus == 429, !mayBeAnswer else { return nil }
        return .refused(
            BankError(httpStatus: httpStatus, detail: nil, catalogued: nil, retryAfterSeconds: retryAfterSeconds))
    }

    private func untrusted(_ why: String) -> MerchantError.Cause {
        .untrusted(httpStatus: httpStatus, why: why)
    }

    private func bankError(_ detail: String, at place: JSONValue, in json: JSONValue) -> MerchantError.Cause {
        if Self.showsSuccess(json) { return untrusted("an error that shows success as well") }
        let bodyStatus = place["status"]?.integer
        let catalogued = CataloguedError(rawValue: detail).flatMap { known in
            let fitsBody = place["status"] == nil || bodyStatus == Int64(known.httpStatus)
            let fitsHTTP =
                httpStatus == known.httpStatus || (httpStatus == 200 && bodyStatus == Int64(known.httpStatus))
            return fitsBody && fitsHTTP ? known : nil
        }
        if httpStatus == 200, catalogued == nil { return untrusted("an error under HTTP 200 outside the catalogue") }
        let langs = place["langs"]
        let texts = BankTexts(
            uz: langs?["uz"]?.string, ru: langs?["ru"]?.string, en: langs?["en"]?.string, title: place["title"]?.string)
        return .refused(
            BankError(
                httpStatus: httpStatus, detail: detail, catalogued: catalogued, texts: texts,
                retryAfterSeconds: retryAfterSeconds))
    }

    /// The bank's words for success in all methods.
    private static let successWords: Set = ["SUCCESS", "CHECK_OK", "HOLD_SUCCESS", "CANCELLED"]

    private static func showsSuccess(_ json: JSONValue) -> Bool {
        [json, json["result"]].contains { place in
            guard let place else { return false }
            let isSuccess = place["success"].map { $0.bool == true || ["true", "1"].contains($0.string?.lowercased()) }
            let saysSuccess = ["status", "statusMessage"].contains {
                successWords.contains(place[$0]?.string?.uppercased() ?? "")
            }
            return isSuccess == true || saysSuccess || place["statusCode"]?.integer == 0 || place["bmId"] != nil
                || place["bmlId"] != nil
        }
    }
}
