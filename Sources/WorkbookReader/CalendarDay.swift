/// A day in the way that workbooks count days.
struct CalendarDay {
    let day: Int
    let month: Int
    let year: Int

    /// The days that can be counted, from 1900-03-01 to 9999-12-31. Excel's earlier days are off by one, because Excel
    /// has a 29 February 1900.
    private static let countable = 61...2_958_465

    /// Converts the number of a day. Returns `nil` if the number is not in the countable range.
    /// - Parameters:
    ///   - serial: the number in the workbook.
    ///   - is1904: whether the workbook counts from 1904, like old workbooks from a Mac.
    init?(serial: Int, is1904: Bool) {
        let days = serial + (is1904 ? 1462 : 0)
        guard Self.countable.contains(days) else { return nil }
        // Count the days since 0000-03-01, so that a leap day ends its year. 1899-12-30 is day 0 of the workbook.
        let shifted = days + 693_899
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// Reads `2027-04-01`. A time may follow if it is midnight.
    init?(iso text: [UInt8]) {
        let parts = text.prefix(10).split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.map(\.count) == [4, 2, 2], parts.joined().allSatisfy({ $0 &- 48 < 10 }) else { return nil }
        let numbers = parts.map { $0.reduce(0) { $0 * 10 + Int($1 - 48) } }
        guard (1...12).contains(numbers[1]), (1...31).contains(numbers[2]),
            text.dropFirst(10).allSatisfy({ "T0:.Z".utf8.contains($0) })
        else { return nil }
        (year, month, day) = (numbers[0], numbers[1], numbers[2])
    }

    /// Writes the day as `01.04.2027`.
    func write(to bytes: inout [UInt8]) {
        func append(_ number: Int, _ width: Int) {
            var divisor = width == 4 ? 1000 : 10
            while divisor > 0 {
                bytes.append(UInt8(48 + number / divisor % 10))
                divisor /= 10
            }
        }
        append(day, 2)
        bytes.append(UInt8(ascii: "."))
        append(month, 2)
        bytes.append(UInt8(ascii: "."))
        append(year, 4)
    }
}
