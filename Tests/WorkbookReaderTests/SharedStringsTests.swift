import Foundation
import Testing

@testable import WorkbookReader

@Suite struct SharedStringsTests {
    /// Most of them are on the disk.
    @Test func everyTextIsFoundAgainInAnyOrder() throws {
        let strings = SharedStrings(
            residentBytes: 1 << 15, scratchFolder: FileManager.default.temporaryDirectory.path)
        let texts = (0..<20_000).map { number in
            number % 977 == 0 ? String(repeating: "Ж", count: 20_000) : number % 5 == 0 ? "" : "текст \(number)"
        }
        for text in texts { try strings.append(Array(text.utf8)) }
        try strings.finish()
        #expect(strings.count == texts.count)
        for step in 0..<texts.count {
            let number = step * 7919 % texts.count
            var bytes = Array("»".utf8)
            #expect(try strings.write(number, to: &bytes))
            #expect(String(decoding: bytes, as: UTF8.self) == "»" + texts[number])
        }
        var bytes: [UInt8] = []
        #expect(try !strings.write(texts.count, to: &bytes) && !strings.write(-1, to: &bytes))
    }
}
