import Fixtures
import Foundation
import Sandbox
import Testing

@testable import WorkbookReader

/// Limits that a file of the corpus cannot reach.
@Suite struct LimitTests {
    private static let bytes = WrittenWorkbook.bytes([("A", [["a", "b"], ["c", "d"]])])

    private static let tooNarrow: [(WorkbookError.Limit, @Sendable (inout WorkbookLimits) -> Void)] = [
        (.elements, { $0.elements = 11 }), (.expandedBytes, { $0.expandedBytes = 499 }), (.entries, { $0.entries = 3 }),
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

    private static func read(_ limits: WorkbookLimits) throws {
        let folder = FileManager.default.temporaryDirectory.path
        let workbook = try Workbook(.bytes(bytes), limits: limits, scratchFolder: folder)
        for sheet in workbook.sheets { try workbook.read(sheet) { _ in true } }
    }
}
