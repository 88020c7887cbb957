import Fixtures
import Foundation
import Testing

@testable import WorkbookReader

/// Every file of `Hostile/make.py`: none is accepted, and each is refused for its own reason, in little time.
@Suite struct HostileTests {
    private static let folder = Checkout.file("Tests/WorkbookReaderTests/Hostile")

    private static var names: [String] {
        get throws {
            try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".xlsx") }.sorted()
        }
    }

    @Test(arguments: try names) func itIsRefusedForItsOwnReason(name: String) throws {
        let bytes = Array(try Data(contentsOf: Self.folder.appendingPathComponent(name)))
        let start = ContinuousClock.now
        let error = #expect(throws: WorkbookError.self) { try Self.readAll(bytes) }
        #expect(ContinuousClock.now - start < .seconds(10))
        let reason = name.prefix { $0 != "-" }
        #expect("\(try #require(error))".contains(reason), "\(String(describing: error))")
    }

    /// Every cut of a good workbook and every byte of it changed: an error or the same rows, never other ones.
    @Test func aDamagedWorkbookIsNeverReadAsAnother() throws {
        let good = Array(
            try Data(contentsOf: Checkout.file("Tests/PayoutFilesTests/Workbooks/wrong-dimension-small-excel.xlsx")))
        let rows = try Self.readAll(good)
        for place in good.indices {
            for change in [0x01, 0x80, 0xFF] as [UInt8] {
                var bytes = good
                bytes[place] ^= change
                do {
                    #expect(try Self.readAll(bytes) == rows, "byte \(place) ^ \(change)")
                } catch is WorkbookError {
                }
            }
        }
    }

    @Test func thereAreEnough() throws {
        #expect(try Self.names.count >= 200)
    }

    private static func readAll(_ bytes: [UInt8]) throws -> [[String]] {
        let workbook = try Workbook(.bytes(bytes), scratchFolder: FileManager.default.temporaryDirectory.path)
        var rows: [[String]] = []
        for sheet in workbook.sheets {
            try workbook.read(sheet) { row in
                rows.append(
                    ["\(row.number) \(row.isHidden)"] + row.cells.map { "\($0.column) \($0.kind) " + row.text($0) })
                return true
            }
        }
        return rows
    }
}
