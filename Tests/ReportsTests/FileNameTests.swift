import Foundation
import Testing

@testable import Reports

/// Names of files that are named after batches and other files.
@Suite struct FileNameTests {
    @Test(arguments: ["payroll", String(repeating: "x", count: 200), String(repeating: "й", count: 100)])
    func aNameThatFitsStaysWhole(stem: String) {
        #expect(FileName(stem, ".xlsx").description == stem + ".xlsx")
    }

    @Test(arguments: ["й", "ʻ", "한", "e\u{301}\u{302}", "🇺🇿"])
    func aLongNameIsCutAfterAWholeLetterAndFitsTheDisk(letter: String) throws {
        let stem = String(repeating: letter, count: 200)
        let name = FileName(stem, ".findings.xlsx").description
        #expect(name.utf8.count <= 255 && name.hasSuffix(".findings.xlsx"))
        let head = name.prefix(while: { $0 != "-" })
        #expect(!head.isEmpty && head.allSatisfy { String($0) == letter })
        #expect(FileName(stem, ".findings.xlsx").description == name)
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: folder) } }
        try ReportFile(path: folder.appendingPathComponent(name).path).replace {
            try Data("whole".utf8).write(to: URL(fileURLWithPath: $0))
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [name])
    }

    @Test func namesWithTheSameBeginningStayDifferent() {
        let stem = String(repeating: "й", count: 199)
        #expect(FileName(stem + "1", ".xlsx") != FileName(stem + "2", ".xlsx"))
    }

    @Test func aWholeNameKeepsItsExtension() {
        #expect(FileName("a.csv").description == "a.csv")
        #expect(FileName(String(repeating: "й", count: 200) + ".csv").description.hasSuffix(".csv"))
        let strange = "a." + String(repeating: "x", count: 250)
        #expect(FileName(strange).description.utf8.count <= 255)
        #expect(FileName.parts(of: strange).ending.isEmpty)
    }
}
