import Fixtures
import Foundation
import Testing

/// What the code has agreed not to do, and which target may know which.
@Suite struct TidyTests {
    private static let root = Checkout.root

    private struct Source {
        let target: String
        let name: String
        let text: String
    }

    private static func sources() throws -> [Source] {
        let folder = root.appendingPathComponent("Sources")
        let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".swift") }
        return try paths.map { path in
            let parts = path.split(separator: "/")
            return Source(
                target: String(parts[0]), name: String(parts[parts.count - 1]),
                text: try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8))
        }
    }

    /// Each with the files in which it is meant.
    @Test(arguments: [
        // The one composition root has the real clock; the sandbox's default is its own composition root.
        (#"\bDate\(\)"#, ["Composition.swift"]), (#"\bDate\.init\b(?!\()"#, ["SandboxConfiguration.swift"]),
        (#"\btry\?"#, []), (#"(?<!\w)print\("#, []), (#"\bfatalError\("#, []),
        (#"SystemRandomNumberGenerator|\.random\(in: [^,)]*\)|arc4random"#, ["Composition.swift"]),
    ])
    func whatIsBannedStandsOnlyWhereItIsMeant(pattern: String, allowed: [String]) throws {
        let banned = try NSRegularExpression(pattern: pattern)
        for source in try Self.sources() where !allowed.contains(source.name) {
            for (number, line) in source.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
                let code = line.split(separator: "//", maxSplits: 1, omittingEmptySubsequences: false)[0]
                let range = NSRange(code.startIndex..., in: code)
                let hit = banned.firstMatch(in: String(code), range: range)
                #expect(hit == nil, "\(source.target)/\(source.name):\(number + 1): \(line)")
            }
        }
    }

    private static let mayKnow: [String: Set<String>] = [
        "Payouts": [], "PayoutFiles": ["Payouts"], "EventLoopTasks": [],
        "MerchantAPI": ["EventLoopTasks", "Payouts"],
        "Bookkeeping": ["Payouts"],
        "Processing": ["Bookkeeping", "Payouts"], "AnorBank": ["MerchantAPI", "Payouts", "Processing"],
        "Reports": ["CXLSXWriter", "Payouts"], "Sandbox": ["EventLoopTasks"],
        "Operations": ["Bookkeeping", "PayoutFiles", "Payouts", "Processing", "Reports"],
        "WebDesk": ["Bookkeeping", "CQREncode", "Operations", "PayoutFiles", "Payouts", "Processing", "Reports"],
        "payout": [
            "AnorBank", "Bookkeeping", "CSQLiteMemory", "MerchantAPI", "Operations", "PayoutFiles", "Payouts",
            "Processing", "Reports",
            "Sandbox", "WebDesk",
        ],
    ]

    @Test func theArrowsBetweenTargetsGoOneWay() throws {
        let ours = Set(Self.mayKnow.keys).union(["CQREncode", "CSQLiteMemory", "CXLSXWriter"])
        for source in try Self.sources() {
            let allowed = try #require(
                Self.mayKnow[source.target], "\(source.target) is a new target: say what it may know")
            let imports = source.text.split(separator: "\n").filter {
                $0.hasPrefix("import ") || $0.hasPrefix("@testable import ")
            }
            .compactMap { $0.split(separator: " ").last.map(String.init) }
            for name in imports where ours.contains(name) {
                #expect(allowed.contains(name), "\(source.target)/\(source.name) imports \(name)")
            }
            if source.target == "Payouts" { #expect(imports.allSatisfy { $0 == "Foundation" }, "\(source.name)") }
        }
    }

    /// Use cases are tested where they are; the program is tested as it is built.
    @Test func noTestKnowsTheProgram() throws {
        let folder = Self.root.appendingPathComponent("Tests")
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path) where path.hasSuffix(".swift") {
            let text = try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)
            #expect(!text.split(separator: "\n").contains { $0.hasSuffix("import payout") }, "\(path)")
        }
    }

    @Test func onlyTheRootCommandIsInTheRootOfTheProgram() throws {
        let folder = Self.root.appendingPathComponent("Sources/payout")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".swift") }
        #expect(files.sorted() == ["PayoutCommand.swift"])
    }

    @Test func everyExampleAndLinkInTheDocsLeadsSomewhere() throws {
        let link = try NSRegularExpression(pattern: #"\]\(([^)#:]+)(#[^)]*)?\)"#)
        let docs = Self.root.appendingPathComponent("docs")
        let pages =
            try FileManager.default.subpathsOfDirectory(atPath: docs.path).filter { $0.hasSuffix(".md") }
            .map { docs.appendingPathComponent($0) }
            + ["README.md", "CONTRIBUTING.md"].map(Self.root.appendingPathComponent)
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
