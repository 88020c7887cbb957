import Testing

@testable import MerchantAPI

@Suite struct RawAnswerTests {
    /// `catalogued`, `other`, `bare` for a refusal, `untrusted`, or `object`.
    private func word(_ status: Int, _ body: String) -> String {
        do {
            _ = try RawAnswer(httpStatus: status, retryAfterSeconds: nil, body: Array(body.utf8)).object()
            return "object"
        } catch .refused(let error) {
            return error.catalogued != nil ? "catalogued" : error.detail == nil ? "bare" : "other"
        } catch .untrusted {
            return "untrusted"
        } catch {
            return "\(error)"
        }
    }

    @Test func answersAreSorted() {
        let error = #"{"status":400,"detail":"card_not_found"}"#
        let table: [(Int, String, String)] = [
            (200, "{}", "object"),
            (200, "", "untrusted"),
            (200, "[]", "untrusted"),
            (200, #"{"success":true,"success":false}"#, "untrusted"),
            (400, error, "catalogued"),
            (400, #"{"detail":"card_not_found"}"#, "catalogued"),
            (400, #"{"status":"400","detail":"card_not_found"}"#, "catalogued"),
            (400, #"{"status":500,"detail":"card_not_found"}"#, "other"),
            (404, error, "other"),
            (400, #"{"status":400,"detail":"new_code"}"#, "other"),
            (200, error, "catalogued"),
            (200, #"{"id":1,"result":\#(error)}"#, "catalogued"),
            (200, #"{"detail":"card_not_found"}"#, "untrusted"),
            (200, #"{"bmId":1,"result":\#(error)}"#, "untrusted"),
            (200, #"{"success":true,"result":\#(error)}"#, "untrusted"),
            (200, #"{"statusCode":"0","result":\#(error)}"#, "untrusted"),
            (401, "", "bare"),
            (401, "<html>", "bare"),
            (401, "\u{FEFF}{\"success\":true,\"statusCode\":0}", "untrusted"),
            (429, "\u{FEFF}{\"agentTranId\":1,", "untrusted"),
            (429, "?\"success\":true}", "untrusted"),
            (401, "[{\"success\":true,\"bmId\":7}]", "untrusted"),
            (429, "\"{\\\"success\\\":true}\"", "untrusted"),
            (401, "{\"detail\":{\"code\":1}}", "untrusted"),
            (429, "{\"result\":[{\"success\":true}]}", "untrusted"),
            (401, "\u{FEFF}{\u{0}\"\u{0}s\u{0}u\u{0}c\u{0}c\u{0}e\u{0}s\u{0}s\u{0}\"", "untrusted"),
            (404, "{\"status\":\"SUCCESS\",\"result\":{\"detail\":\"not_found\"}}", "untrusted"),
            (400, "{\"success\":1,\"detail\":\"card_not_found\"}", "untrusted"),
            (400, "{\"detail\":\"card_not_found\",\"result\":{\"detail\":\"debit_error\"}}", "untrusted"),
            (200, "{\"success\":true,\"detail\":7.5e3,\"result\":null}", "untrusted"),
            (429, "<style>body { color: red }</style>", "bare"),
            (401, #"{"error":"Unauthorized"}"#, "bare"),
            (401, #"{"success":true,"bmId":1"#, "untrusted"),
            (401, #"{"success":true}"#, "untrusted"),
            (401, #"{"status":401,"detail":"bad_credentials"}"#, "catalogued"),
            (429, "slow down", "bare"),
            (307, "{}", "untrusted"),
            (500, "<html>", "untrusted"),
            (502, "", "untrusted"),
            (201, #"{"success":true}"#, "untrusted"),
        ]
        for (status, body, expected) in table { #expect(word(status, body) == expected, "\(status) \(body)") }
    }

    @Test func aGrantNeedsStatusCodeZeroAndAToken() throws {
        func grant(_ body: String) throws -> Grant {
            try Grant(try JSONReader.read(Array(body.utf8)), httpStatus: 200)
        }
        #expect(try grant(#"{"statusCode":0,"result":{"access_token":"t"}}"#).lifetime == .seconds(60))
        #expect(
            try grant(#"{"statusCode":"0","result":{"access_token":"t","expires_in":"9"}}"#).lifetime == .seconds(9))
        for body in [
            #"{"statusCode":1,"result":{"access_token":"t"}}"#, #"{"statusCode":0,"result":{}}"#,
            #"{"result":{"access_token":"t"}}"#, #"{"statusCode":0,"result":{"access_token":"a\r\nb"}}"#,
        ] {
            #expect(throws: MerchantError.Cause.self) { try grant(body) }
        }
        #expect(!"\(try grant(#"{"statusCode":0,"result":{"access_token":"sesame"}}"#))".contains("sesame"))
    }
}
