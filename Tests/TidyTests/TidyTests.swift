import Fixtures
import Foundation
import Testing

/// Tests the rules of the code that the compiler does not check.
@Suite struct TidyTests {
    /// Each pattern has the files that may contain it.
    @Test(arguments: [
        // The one composition root has the real clock; the sandbox's default is its own composition root.
        (#"\bDate\(\)"#, ["Composition.swift"]), (#"\bDate\.init\b(?!\()"#, ["SandboxConfiguration.swift"]),
        (#"\btry\?"#, []), (#"(?<!\w)print\("#, []), (#"\bfatalError\("#, []),
        (#"SystemRandomNumberGenerator|\.random\(in: [^,)]*\)|arc4random"#, ["Composition.swift"]),
    ])
    func aBannedWordOccursOnlyWhereItIsAllowed(pattern: String, allowed: [String]) throws {
        let banned = try NSRegularExpression(pattern: pattern)
        for source in try Repository.sources(in: "Sources") where !allowed.contains(source.name) {
            for (number, line) in source.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
                let code = line.split(separator: "//", maxSplits: 1, omittingEmptySubsequences: false)[0]
                let range = NSRange(code.startIndex..., in: code)
                let hit = banned.firstMatch(in: String(code), range: range)
                #expect(hit == nil, "\(source.path):\(number + 1): \(line)")
            }
        }
    }

    /// Other targets are tested directly. The program is tested only from outside.
    @Test func noTestKnowsTheProgram() throws {
        let folder = Checkout.root.appendingPathComponent("Tests")
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path) where path.hasSuffix(".swift") {
            let text = try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)
            #expect(!text.split(separator: "\n").contains { $0.hasSuffix("import payout") }, "\(path)")
        }
    }

    @Test func onlyTheRootCommandIsInTheRootOfTheProgram() throws {
        let folder = Checkout.root.appendingPathComponent("Sources/payout")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".swift") }
        #expect(files.sorted() == ["PayoutCommand.swift"])
    }

    @Test(arguments: ["security.md", "attacks.md"])
    func everyTestThatADocumentNamesExists(page: String) throws {
        let tests = Checkout.root.appendingPathComponent("Tests")
        let texts = try FileManager.default.subpathsOfDirectory(atPath: tests.path)
            .filter { $0.hasSuffix("Tests.swift") || $0.hasPrefix("BrowserTests/test_") }
            .map { try String(contentsOf: tests.appendingPathComponent($0), encoding: .utf8) }
        let words = texts.joined().matches(of: /(?:func|def|struct) (\w+)/).map(\.1)
        let known = Set(words)
        let text = try String(contentsOf: Checkout.file("docs/\(page)"), encoding: .utf8)
        let named = text.matches(of: /`([a-zA-Z]\w*Tests|[a-z]\w{14,})`/).map(\.1).filter { $0 != "TidyTests" }
        #expect(named.count > 50)
        for name in named { #expect(known.contains(name), "\(name)") }
    }

    @Test func everyExampleAndLinkInTheDocsLeadsSomewhere() throws {
        let link = try NSRegularExpression(pattern: #"\]\(([^)#:]+)(#[^)]*)?\)"#)
        let docs = Checkout.root.appendingPathComponent("docs")
        let pages =
            try FileManager.default.subpathsOfDirectory(atPath: docs.path).filter { $0.hasSuffix(".md") }
            .map { docs.appendingPathComponent($0) }
            + ["README.md", "CONTRIBUTING.md", "SECURITY.md"].map(Checkout.root.appendingPathComponent)
        for page in pages {
            let text = try String(contentsOf: page, encoding: .utf8)
            for match in link.matches(in: text, range: NSRange(text.startIndex..., in: text)) {
                guard let range = Range(match.range(at: 1), in: text) else { continue }
                let target = page.deletingLastPathComponent().appendingPathComponent(String(text[range]))
                #expect(
                    FileManager.default.fileExists(atPath: target.path), "\(page.lastPathComponent): \(text[range])")
            }
        }
    }
}
