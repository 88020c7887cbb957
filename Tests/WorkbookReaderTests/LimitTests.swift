import Fixtures
import Foundation
import Testing

@testable import WorkbookReader

/// Limits that a file of the corpus cannot reach.
@Suite struct LimitTests {
    private static let bytes = WrittenWorkbook.bytes([("A", [["a", "b"], ["c", "d"]])])

    @Test(
        arguments: [
            (\WorkbookLimits.elements, 12, WorkbookError.Limit.elements), (\.expandedBytes, 500, .expandedBytes),
            (\.entries, 4, .entries), (\.nesting, 5, .nesting), (\.columns, 2, .columns),
            (\.rowBytes, 2, .rowBytes(row: 1)), (\.textBytes, 1, .textBytes), (\.sheets, 1, .sheets),
        ] as [(WritableKeyPath<WorkbookLimits, Int> & Sendable, Int, WorkbookError.Limit)])
    func aWorkbookBeyondALimitIsRefused(
        limit: WritableKeyPath<WorkbookLimits, Int> & Sendable, bound: Int, error: WorkbookError.Limit
    ) throws {
        var limits = WorkbookLimits()
        limits[keyPath: limit] = 1 << 30
        try Self.read(limits)
        limits[keyPath: limit] = bound - 1
        #expect(throws: WorkbookError.beyondLimit(error)) { try Self.read(limits) }
    }

    private static func read(_ limits: WorkbookLimits) throws {
        let folder = FileManager.default.temporaryDirectory.path
        let workbook = try Workbook(.bytes(bytes), limits: limits, scratchFolder: folder)
        for sheet in workbook.sheets { try workbook.read(sheet) { _ in true } }
    }
}
