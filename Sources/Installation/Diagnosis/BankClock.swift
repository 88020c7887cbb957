import Foundation
import MerchantAPI
import ProgramSettings

/// Reads the bank's time, to the second, from the `Date` header of any of its answers (RFC 9110, 6.6.1).
struct BankClock {
    let bank: BankSettings
    let timeout: Duration

    /// Returns the time, or `nil` if the bank does not give it.
    func read() async throws -> Date? {
        let client = try bank.client(timeout: timeout, connections: 1)
        let text: Result<String?, any Error>
        do {
            text = .success(try await client.dateHeader())
        } catch {
            text = .failure(error)
        }
        try await client.shutdown()
        return try text.get().flatMap(Self.date)
    }

    private static func date(_ text: String) -> Date? {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = .gmt
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        return formatter.date(from: text)
    }
}
