import Fixtures
import Foundation
import Payouts
import Testing

@testable import PayoutFiles

/// Every workbook of the corpus, with what `Workbooks/make.py` says must be found in it.
@Suite struct WorkbookCorpusTests {
    static let folder = Checkout.file("Tests/PayoutFilesTests/Workbooks")

    private struct Case: CustomTestStringConvertible {
        let name: String
        let expected: String

        var testDescription: String { name }

        var path: String { WorkbookCorpusTests.folder.appendingPathComponent(name + ".xlsx").path }
    }

    private static var cases: [Case] {
        get throws {
            let text = try String(contentsOf: folder.appendingPathComponent("expected.txt"), encoding: .utf8)
            return ("\n" + text).components(separatedBy: "\n== ").dropFirst().map { section in
                let lines = section.split(separator: "\n").map(String.init)
                return Case(name: lines[0], expected: lines.dropFirst().map { $0 + "\n" }.joined())
            }
        }
    }

    @Test(arguments: try cases) private func theFindingsAreExactlyTheExpectedOnes(workbook: Case) throws {
        #expect(try CorpusTests.description(of: Self.read(workbook)) == workbook.expected)
    }

    @Test(arguments: try cases) private func aWorkbookInMemoryIsReadTheSame(workbook: Case) throws {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: workbook.path))
        let (onDisk, inMemory) = (try Self.read(workbook), PayrollText.read(bytes, keepsCells: true))
        #expect(CorpusTests.description(of: inMemory) == workbook.expected)
        #expect(inMemory.payouts == onDisk.payouts && inMemory.digest == onDisk.digest)
    }

    @Test func theCorpusIsThere() throws {
        let names = try Self.cases.map(\.name)
        #expect(names.count >= 200)
        for writer in ["excel", "google", "1c", "sdk", "openpyxl", "xlsxwriter", "libreoffice"] {
            #expect(names.count { $0.hasSuffix("-" + writer) } >= 8, "\(writer)")
        }
    }

    private static func read(_ workbook: Case) throws -> ReadFile {
        var payouts: [Payout] = []
        let file = try PayoutFile.read(from: workbook.path, options: PayrollText.november2026) { row in
            if let payout = row.payout { payouts.append(payout) }
        }
        return ReadFile(file: file, payouts: payouts)
    }
}
