import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// What time the bank has, as the `Date` of any of its answers says (RFC 9110, 6.6.1), to the second.
struct BankClock {
    let url: URL
    let timeout: Duration

    /// `nil` where the bank does not say.
    func read() async throws -> Date? {
        var request = HTTPClientRequest(url: url.absoluteString)
        request.method = .HEAD
        let answer = try await HTTPClient.shared.execute(request, timeout: TimeAmount(timeout))
        guard let text = answer.headers.first(name: "Date") else { return nil }
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = .gmt
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        return formatter.date(from: text)
    }
}
