import Foundation
import Testing

@testable import WorkbookReader

@Suite struct CalendarDayTests {
    @Test(arguments: [
        (61, "01.03.1900"), (46478, "01.04.2027"), (36526, "01.01.2000"), (36585, "29.02.2000"),
        (2_958_465, "31.12.9999"),
    ])
    func aDayIsCountedAsExcelDoes(serial: Int, text: String) throws {
        #expect(Self.text(try #require(CalendarDay(serial: serial, is1904: false))) == text)
        #expect(Self.text(try #require(CalendarDay(serial: serial - 1462, is1904: true))) == text)
    }

    /// Foundation counts the same days.
    @Test func everyDayOfTwoCenturiesIsRight() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
        let start = try #require(calendar.date(from: DateComponents(year: 1899, month: 12, day: 30)))
        for serial in stride(from: 61, to: 73_050, by: 7) {
            let date = start.addingTimeInterval(Double(serial) * 86_400)
            let parts = calendar.dateComponents([.year, .month, .day], from: date)
            let day = try #require(CalendarDay(serial: serial, is1904: false))
            #expect([day.year, day.month, day.day] == [parts.year, parts.month, parts.day])
        }
    }

    @Test(arguments: [-1, 0, 60, 2_958_466]) func aDayThatExcelCannotShowIsNone(serial: Int) {
        #expect(CalendarDay(serial: serial, is1904: false) == nil)
    }

    private static func text(_ day: CalendarDay) -> String {
        var bytes: [UInt8] = []
        day.write(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
