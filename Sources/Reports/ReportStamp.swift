package import Foundation
import Synchronization

/// The company, the author and the time of a report, and the time zone of all its times.
package struct ReportStamp: Sendable {
    package let by: String
    package let at: Date
    package let timeZone: TimeZone
    /// The company's name.
    let organisation: String?
    private let latestMinute = LatestMinute()

    package init(by: String, at: Date, timeZone: TimeZone, organisation: String? = nil) {
        self.by = by
        self.at = at
        self.timeZone = timeZone
        self.organisation = organisation
    }

    /// Returns a time as people in Uzbekistan write it: `23.11.2026 14:05:09`
    func text(_ date: Date) -> String {
        let seconds = Int64(date.timeIntervalSinceReferenceDate.rounded(.down))
        let second = (seconds % 60 + 60) % 60
        return latestMinute.text(of: seconds - second) { minuteText(date) } + Self.two(second)
    }

    /// Returns a time as a spreadsheet stores it: the days since 30 December 1899, on the clock of the time zone.
    func serial(_ date: Date) -> Double {
        let seconds = date.timeIntervalSince1970.rounded(.down) + Double(timeZone.secondsFromGMT(for: date))
        return seconds / 86_400 + 25_569
    }

    /// Returns a day: `23.11.2026`
    func day(_ date: Date) -> String { String(minuteText(date).prefix(10)) }

    /// Returns a time up to its minutes, with a colon at the end: `23.11.2026 14:05:`.
    private func minuteText(_ date: Date) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone
        let parts = calendar.dateComponents([.day, .month, .year, .hour, .minute], from: date)
        func two(_ number: Int?) -> String { Self.two(Int64(number ?? 0)) }
        return "\(two(parts.day)).\(two(parts.month)).\(parts.year ?? 0) \(two(parts.hour)):\(two(parts.minute)):"
    }

    private static func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

/// Caches the text of the latest minute. A run changes thousands of rows in a minute, and the calendar is slow.
private final class LatestMinute: Sendable {
    private let latest = Mutex<(minute: Int64, text: String)?>(nil)

    func text(of minute: Int64, make: () -> String) -> String {
        latest.withLock { latest in
            if let latest, latest.minute == minute { return latest.text }
            let text = make()
            latest = (minute, text)
            return text
        }
    }
}
