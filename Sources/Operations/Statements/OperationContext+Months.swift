import Foundation
import Processing

extension OperationContext {
    /// A month by its first day.
    package struct Month: Hashable, Sendable {
        /// `2026-11`, as `payout month` takes it.
        package let value: String
        /// `11.2026`, as people write it.
        package let shown: String
    }

    /// The latest twelve months, the present one first.
    package var latestMonths: [Month] {
        let now = calendar.dateComponents([.year, .month], from: time.now())
        let latest = (now.year ?? 2000) * 12 + (now.month ?? 1) - 1
        return (0..<12).map { back in
            let (year, month) = (latest - back).quotientAndRemainder(dividingBy: 12)
            let number = (month < 9 ? "0" : "") + String(month + 1)
            return Month(value: "\(year)-\(number)", shown: "\(number).\(year)")
        }
    }
}
