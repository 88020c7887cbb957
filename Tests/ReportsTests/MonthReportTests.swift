import Fixtures
import Foundation
import PaymentValues
import Payouts
import Testing

@testable import Reports

/// The register of a month, as text, as a table for 1C and as a workbook.
@Suite struct MonthReportTests {
    private static let longName = "Реестр на зачисление премии по итогам третьего квартала 2026 года"

    private static func register(notAgreed: ControlTotals = .zero, isAgreed: Bool? = true) throws -> MonthRegister {
        var line = MonthRegister.Line()
        line.rows = 2
        line.paid = ControlTotals(rows: 2, sum: Tiyin(123_456_700))
        return MonthRegister(
            month: "2026-11",
            batches: [.init(reference: longName, fileName: longName + ".csv", day: "05.11.2026", line: line)],
            days: [.init(account: "20208000900123456001", day: "05.11.2026", paid: line.paid, commission: .zero)],
            total: line, isAgreed: isAgreed, notAgreed: notAgreed, changedAfterClosing: .zero, statements: [])
    }

    @Test func peopleReadGroupedAmountsAnd1CReadsPlainOnes() throws {
        let report = MonthReport(try Self.register(), language: .en)
        #expect(report.text.contains("1 234 567,00") && report.text.contains("everything agrees"))
        let folder = try TemporaryFolder()
        try report.writeCSV(to: folder.path("month.csv"))
        #expect(try String(contentsOfFile: folder.path("month.csv"), encoding: .utf8).contains("\"1234567,00\""))
    }

    @Test(arguments: [
        (0, "the payouts agree, but other lines or commissions are left"), (1, "1 rows for 5,00 so‘m are left"),
    ])
    func theReasonWhyAMonthIsOpenIsNamed(rows: Int, text: String) throws {
        let left = ControlTotals(rows: rows, sum: Tiyin(Int64(rows) * 500))
        let report = MonthReport(try Self.register(notAgreed: left, isAgreed: false), language: .en)
        #expect(report.text.contains(text), "\(report.text)")
    }

    @Test(arguments: Language.allCases) func aLongNameIsShownWhole(language: Language) throws {
        let folder = try TemporaryFolder()
        let path = folder.path("month.xlsx")
        try MonthReport(try Self.register(), language: language).writeXLSX(to: path)
        let heights = try Python.output(
            """
            import sys, openpyxl
            sheet = openpyxl.load_workbook(sys.argv[1]).worksheets[0]
            print([sheet.row_dimensions[row].height for row in (3, 4)], sheet["A4"].alignment.wrap_text)
            """, path)
        #expect(String(decoding: heights, as: UTF8.self) == "[32.0, 41.0] True\n")
    }
}
