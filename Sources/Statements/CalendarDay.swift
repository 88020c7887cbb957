/// A day of the calendar, as bank statements name days: without a time and without a time zone.
package struct CalendarDay: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The number of days since 1 January 1970.
    package let number: Int

    package init(number: Int) {
        self.number = number
    }

    /// Makes a day. Returns `nil` for a day that does not exist, and outside the years 2000 to 2099.
    package init?(year: Int, month: Int, day: Int) {
        guard (2000...2099).contains(year), (1...12).contains(month), day >= 1 else { return nil }
        let isLeap = year % 4 == 0
        let length = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
        guard day <= length else { return nil }
        // Count the year from March, so that the leap day is its last day.
        let shifted = month > 2 ? year : year - 1
        let monthOfYear = (month + 9) % 12
        let dayOfYear = (153 * monthOfYear + 2) / 5 + day - 1
        number = shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
    }

    package var parts: (year: Int, month: Int, day: Int) {
        let shifted = number + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthOfYear = (5 * dayOfYear + 2) / 153
        let month = monthOfYear < 10 ? monthOfYear + 3 : monthOfYear - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * monthOfYear + 2) / 5 + 1)
    }

    package static func < (left: CalendarDay, right: CalendarDay) -> Bool { left.number < right.number }

    package func advanced(by days: Int) -> CalendarDay { CalendarDay(number: number + days) }

    /// The day for people: `30.11.2026`.
    package var description: String {
        let (year, month, day) = parts
        return "\(Self.two(day)).\(Self.two(month)).\(year)"
    }

    /// The day for programs: `2026-11-30`.
    package var iso: String {
        let (year, month, day) = parts
        return "\(year)-\(Self.two(month))-\(Self.two(day))"
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

extension CalendarDay {
    /// Reads `30.11.2026`, `30/11/2026`, `30-11-2026` or `2026-11-30`. A time may follow.
    package init?(_ text: some Collection<UInt8>) {
        var numbers: [(value: Int, digits: Int)] = []
        var value = 0
        var digits = 0
        var separator: UInt8?
        for byte in text {
            if byte.isDecimalDigit {
                guard digits < 4 else { return nil }
                value = value * 10 + Int(byte & 15)
                digits += 1
                continue
            }
            guard digits > 0 else { return nil }
            numbers.append((value, digits))
            (value, digits) = (0, 0)
            if numbers.count == 3 {
                guard byte == UInt8(ascii: " ") || byte == UInt8(ascii: "T") else { return nil }
                break
            }
            guard byte == UInt8(ascii: ".") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "-"),
                separator == nil || separator == byte
            else { return nil }
            separator = byte
        }
        if digits > 0, numbers.count < 3 { numbers.append((value, digits)) }
        guard numbers.count == 3 else { return nil }
        let (first, month, last) = (numbers[0], numbers[1], numbers[2])
        guard month.digits == 2 else { return nil }
        if first.digits == 4, last.digits == 2, separator == UInt8(ascii: "-") {
            self.init(year: first.value, month: month.value, day: last.value)
        } else if first.digits == 2, last.digits == 4 {
            self.init(year: last.value, month: month.value, day: first.value)
        } else {
            return nil
        }
    }
}

extension UInt8 {
    var isDecimalDigit: Bool { self &- 48 < 10 }
}
