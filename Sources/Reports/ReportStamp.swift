import Foundation

/// Who made a report, and when; times in it are shown in the given zone.
package struct ReportStamp: Sendable {
    package let by: String
    package let at: Date
    package let timeZone: TimeZone

    package init(by: String, at: Date, timeZone: TimeZone) {
        self.by = by
        self.at = at
        self.timeZone = timeZone
    }

    /// `23.11.2026 14:05:09`, as people in Uzbekistan write it.
    func text(_ date: Date) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone
        let parts = calendar.dateComponents([.day, .month, .year, .hour, .minute, .second], from: date)
        func two(_ number: Int?) -> String { (number ?? 0) < 10 ? "0\(number ?? 0)" : "\(number ?? 0)" }
        return "\(two(parts.day)).\(two(parts.month)).\(parts.year ?? 0) "
            + "\(two(parts.hour)):\(two(parts.minute)):\(two(parts.second))"
    }
}
