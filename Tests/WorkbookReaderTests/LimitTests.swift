import Fixtures
import Foundation
import Sandbox
import Testing

@testable import WorkbookReader

/// Limits that a file of the corpus cannot reach.
@Suite struct LimitTests {
    private static let bytes = WrittenWorkbook.bytes([("A", [["a", "b"], ["c", "d"]])])

    private static let tooNarrow: [(WorkbookError.Limit, @Sendable (inout WorkbookLimits) -> Void)] = [
        (.elements, { $0.elements = 11 }), (.elements, { $0.nameBytes = 50 }),
        (.expandedBytes, { $0.expandedBytes = 499 }), (.entries, { $0.entries = 3 }),
        (.nesting, { $0.nesting = 4 }), (.columns, { $0.columns = 1 }), (.rowBytes(row: 1), { $0.rowBytes = 1 }),
        (.textBytes, { $0.textBytes = 0 }), (.sheets, { $0.sheets = 0 }),
    ]

    @Test(arguments: tooNarrow)
    func aWorkbookBeyondALimitIsRefused(
        limit: WorkbookError.Limit, narrow: @Sendable (inout WorkbookLimits) -> Void
    ) throws {
        var limits = WorkbookLimits()
        try Self.read(limits)
        narrow(&limits)
        #expect(throws: WorkbookError.beyondLimit(limit)) { try Self.read(limits) }
    }

    /// The parser keeps each name to the end of the part.
    @Test(arguments: ["<z%/>", "<z><z%/></z>", #"<row z%=""/>"#, #"<row xmlns:z%="u"/>"#])
    func endlessNamesAreRefused(element: String) throws {
        let archive = try Archive(.bytes(Self.bytes), limits: WorkbookLimits())
        let parts = try archive.entryNames.sorted().map { name in
            let entry = try #require(archive[name])
            var part: [UInt8] = []
            try unsafe archive.read(entry) { unsafe part += $0 }
            guard name.contains("sheet1") else { return (entry.name, part) }
            let more = (0..<5000).map { element.replacing("%", with: String($0)) }.joined()
            return (
                entry.name,
                Array(String(decoding: part, as: UTF8.self).replacing("<sheetData>", with: "\(more)<sheetData>").utf8)
            )
        }
        #expect(throws: WorkbookError.beyondLimit(.elements)) {
            try Self.read(StoredZip.bytes(of: parts), WorkbookLimits())
        }
    }

    private static func read(_ limits: WorkbookLimits) throws { try read(bytes, limits) }

    private static func read(_ bytes: [UInt8], _ limits: WorkbookLimits) throws {
        let folder = FileManager.default.temporaryDirectory.path
        let workbook = try Workbook(.bytes(bytes), limits: limits, scratchFolder: folder)
        for sheet in workbook.sheets { try workbook.read(sheet) { _ in true } }
    }
}
