package import Foundation
package import PaymentValues

/// Formats numbers, amounts and times as people in Uzbekistan write them, in every language: `123 456 789,00`,
/// `24.11.2026 18:05`.
package struct Figures: Sendable {
    /// A no-break space: a line must not break inside a number.
    private static let space = "\u{A0}"

    package let timeZone: TimeZone

    package init(timeZone: TimeZone) {
        self.timeZone = timeZone
    }

    package static func number(_ number: Int) -> String {
        printed(number.grouped)
    }

    package static func amount(_ amount: Tiyin) -> String {
        printed(amount.description)
    }

    private static func printed(_ number: String) -> String {
        number.replacingOccurrences(of: " ", with: space).replacingOccurrences(of: "-", with: "\u{2212}")
    }

    package func dateTime(_ date: Date) -> String {
        let parts = components(date)
        return "\(Self.two(parts.day)).\(Self.two(parts.month)).\(parts.year ?? 0)\(Self.space)"
            + "\(Self.two(parts.hour)):\(Self.two(parts.minute))"
    }

    package func dateTimeSeconds(_ date: Date) -> String {
        dateTime(date) + ":" + Self.two(components(date).second)
    }

    /// Returns a time for programs that read the page: `2026-11-24T18:05:09+05:00`.
    package func machine(_ date: Date) -> String {
        date.formatted(Date.ISO8601FormatStyle(timeZone: timeZone))
    }

    private func components(_ date: Date) -> DateComponents {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone
        return calendar.dateComponents([.day, .month, .year, .hour, .minute, .second], from: date)
    }

    private static func two(_ number: Int?) -> String {
        let number = number ?? 0
        return (number < 10 ? "0" : "") + String(number)
    }
}
