import Fixtures
import Foundation
import Sandbox
import Testing

@testable import PayoutFiles
@testable import WorkbookReader

/// Damages workbooks: the parts inside the archive, or the archive around them. The rules of ``FileFuzzer`` check the
/// result.
struct WorkbookFuzzer {
    private let seed: UInt64
    private let books: [Parts]

    private typealias Parts = [(name: String, bytes: [UInt8])]

    init(seed: UInt64) throws {
        self.seed = seed
        let folder = WorkbookCorpusTests.folder
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".xlsx") }
            .sorted()
        books = try names.compactMap { name in
            do {
                return try Self.parts(of: Array(try Data(contentsOf: folder.appendingPathComponent(name))))
            } catch is WorkbookError {
                // Some of the corpus are no workbooks.
                return nil
            }
        }
    }

    private static func parts(of bytes: [UInt8]) throws -> Parts {
        let archive = try Archive(.bytes(bytes), limits: WorkbookLimits())
        return try archive.entryNames.sorted().map { name in
            let entry = try #require(archive[name])
            var part: [UInt8] = []
            try unsafe archive.read(entry) { unsafe part += $0 }
            return (entry.name, part)
        }
    }

    func play(_ round: Int, _ tally: inout FileFuzzer.Tally) throws(FileFuzzer.Violation) {
        var random = SeededGenerator(seed: seed &+ UInt64(round) &* 0x9E37_79B9_7F4A_7C15)
        var parts = books.randomElement(using: &random) ?? []
        for _ in 0..<Int.random(in: 0...3, using: &random) { mutatePart(of: &parts, &random) }
        var bytes = StoredZip.bytes(of: parts)
        if Int.random(in: 0..<8, using: &random) == 0 {
            bytes[Int.random(in: bytes.indices, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        }
        // All digits in the file. The archive does not compress them.
        let digits = bytes.filter { (48...57).contains($0) }
        try FileFuzzer.judge(bytes, digits: String(decoding: digits, as: UTF8.self), &tally)
    }

    private func mutatePart(of parts: inout Parts, _ random: inout SeededGenerator) {
        // The sheet and the strings are where payouts are.
        let places = parts.indices.filter {
            parts[$0].name.contains("sheet") || parts[$0].name.lowercased().contains("strings")
        }
        let anywhere = Int.random(in: 0..<5, using: &random) == 0
        guard let place = (anywhere ? Array(parts.indices) : places).randomElement(using: &random) else { return }
        var bytes = parts[place].bytes
        let start = Int.random(in: 0...bytes.count, using: &random)
        let end = min(start + Int.random(in: 1...30, using: &random), bytes.count)
        switch Int.random(in: 0..<8, using: &random) {
        case 0 where start < bytes.count: bytes[start] = UInt8.random(in: 32...126, using: &random)
        case 1 where start < bytes.count: bytes[start] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 2: bytes.removeSubrange(start..<end)
        case 3: bytes.insert(contentsOf: bytes[start..<end], at: start)
        case 4 where anywhere: parts.remove(at: place)
        default:
            // Changes one word for another, so that the part stays XML.
            let old = Self.words.randomElement(using: &random) ?? ""
            let new = Self.words.randomElement(using: &random) ?? ""
            let text = String(decoding: bytes, as: UTF8.self)
            if let range = text.range(of: old) { bytes = Array(text.replacingCharacters(in: range, with: new).utf8) }
        }
        if place < parts.count { parts[place].bytes = bytes }
    }

    private static let words = [
        #" t="s""#, #" t="n""#, #" t="str""#, #" t="b""#, #" t="e""#, #" t="d""#, #" s="1""#, #" s="2""#, #" s="3""#,
        #" s="0""#, "<v>0",
        "<v>1", "<v>2", "<v>12", "<v>46478", "<v>-", "<v>1E", #" r="A2""#, #" r="B2""#, #" r="C3""#, "<f>A1</f><v>",
        #" hidden="1""#,
        "8600069195406311", "8600495473316478", "0330", "01183", "20208000900123456001", "150000", "<t>", "</si>",
        "<si/>", "/></row>",
    ]
}
