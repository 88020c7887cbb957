import Foundation
import NIOHTTP1

/// The time that the bank asks to wait: its `Retry-After`, in seconds or as a date.
enum RetryAfter {
    private static let longest = 86_400
    /// The three forms of a date in HTTP (RFC 9110, 5.6.7).
    private static let forms = [
        "EEE, dd MMM yyyy HH:mm:ss 'GMT'", "EEEE, dd-MMM-yy HH:mm:ss 'GMT'", "EEE MMM d HH:mm:ss yyyy",
    ]

    /// Returns the seconds to wait, 0 to 86 400, or `nil` if the bank gave no usable time. A longer wait counts as a day.
    ///
    /// A date is compared with the bank's own `Date`, so the two clocks need not agree.
    static func seconds(in headers: HTTPHeaders) -> Int? {
        guard let text = headers.first(name: "Retry-After")?.trimmingCharacters(in: .whitespaces) else { return nil }
        if let seconds = Double(text), seconds >= 0 { return Int(min(seconds, Double(longest)).rounded(.up)) }
        guard let then = date(text), let now = headers.first(name: "Date").flatMap(date) else { return nil }
        let seconds = Int(then.timeIntervalSince(now).rounded(.up))
        return min(max(seconds, 0), longest)
    }

    private static func date(_ text: String) -> Date? {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = .gmt
        for form in forms {
            formatter.dateFormat = form
            if let date = formatter.date(from: text.trimmingCharacters(in: .whitespaces)) { return date }
        }
        return nil
    }
}
