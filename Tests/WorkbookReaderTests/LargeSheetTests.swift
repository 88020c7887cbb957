import Fixtures
import Foundation
import Sandbox
import Testing

@testable import WorkbookReader

/// Sheets that are expanded and parsed on threads of their own.
@Suite(.timeLimit(.minutes(1))) struct LargeSheetTests {
    private static let rowCount = 20_000

    /// - Parameter row: writes the XML of a row.
    private static func workbook(_ row: (Int) -> String = goodRow) throws -> (Workbook, Workbook.Sheet) {
        let bytes = WrittenWorkbook.bytes(sheets: [("A", (1...rowCount).map(row).joined())])
        #expect(bytes.count > 1 << 20)
        let workbook = try Workbook(.bytes(bytes), scratchFolder: FileManager.default.temporaryDirectory.path)
        return (workbook, try #require(workbook.sheets.first))
    }

    private static func goodRow(_ row: Int) -> String {
        #"<row r="\#(row)"><c r="A\#(row)"><v>\#(row)</v></c><c r="B\#(row)" t="str"><v>text \#(row)</v></c></row>"#
    }

    @Test func everyRowComesOnceAndInItsOrder() throws {
        let (workbook, sheet) = try Self.workbook()
        var latest = 0
        try workbook.read(sheet) { row in
            latest += 1
            #expect(row.number == latest && row.cells.map(row.text) == ["\(latest)", "text \(latest)"])
            return true
        }
        #expect(latest == Self.rowCount)
    }

    @Test(arguments: [1, 10, 15_000]) func aReaderMayStopAtAnyRow(last: Int) throws {
        let (workbook, sheet) = try Self.workbook()
        var count = 0
        try workbook.read(sheet) { _ in
            count += 1
            return count < last
        }
        #expect(count == last)
    }

    @Test func anErrorOfTheRowHandlerIsThrown() throws {
        struct Full: Error {}
        let (workbook, sheet) = try Self.workbook()
        #expect(throws: Full.self) {
            try workbook.read(sheet) { row in
                if row.number == 10_000 { throw Full() }
                return true
            }
        }
    }

    @Test func aFaultInTheMiddleIsFoundAtItsPlace() throws {
        let (workbook, sheet) = try Self.workbook {
            $0 == 17_000 ? #"<row r="17000"><c r="C17000"><v>x</v></c></row>"# : Self.goodRow($0)
        }
        let place = WorkbookError.Place(part: "xl/sheet1.xml", row: 17_000, column: 2)
        #expect(throws: WorkbookError.damaged(place)) {
            try workbook.read(sheet) { _ in true }
        }
    }
}
