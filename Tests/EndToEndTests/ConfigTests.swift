import Fixtures
import Foundation
import Testing

/// Tests the sources of settings, and the messages about wrong ones.
@Suite(.oneAtATime) struct ConfigTests {
    private let folder: TemporaryFolder
    private let program: Program

    init() throws {
        folder = try TemporaryFolder()
        program = Program(in: folder)
    }

    private func write(_ text: String, to name: String = "payout.yaml") throws {
        let file = URL(fileURLWithPath: folder.path(name))
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    private func shown(_ arguments: String...) async throws -> [String: (value: String?, source: String)] {
        let result = try await program.start(["config", "show", "--json"] + arguments).wait()
        #expect(result.status == 0, "\(result.errors)")
        let settings = try #require(try result.json["settings"] as? [[String: Any]])
        return Dictionary(
            uniqueKeysWithValues: settings.map {
                ($0["key"] as? String ?? "", ($0["value"] as? String, $0["source"] as? String ?? ""))
            })
    }

    @Test(arguments: [
        ("\n\nmaxday: 5\n", "line 3", "maxDay"), ("bank:\n  ulr: x\n", "line 2", "bank.url"),
        ("PAYOUT_MAX_DAY: 5\n", "line 1", "maxDay"), ("max_batch: 5", "line 1", "maxBatch"),
        ("desk:\n  - x\n", "line 1", "is a group of settings"),
        ("bank: https://bank", "line 1", "is a group of settings"),
        ("lang: [ru, uz]\n", "line 1", "must have one value"), ("weather: fine\n", "line 1", "correct its name"),
        ("lang: ru\nlang: uz\n", "line 1", "once"), ("lang: ru\nbank:\n  password: @x\n", "line 3", "not valid YAML"),
        ("lang ru\n", "line 1", "name: value"),
    ])
    func aSlipInTheFileIsNamedWithItsLine(text: String, line: String, advice: String) async throws {
        try write(text)
        let result = try await program.run("status")
        #expect(result.status == 78)
        #expect(result.errors.contains("payout.yaml, \(line),"), "\(result.errors)")
        #expect(result.errors.contains(advice), "\(result.errors)")
    }

    @Test func anEmptyFileAndOneOfCommentsAreNoMistake() async throws {
        for text in ["", "# nothing yet\n", "---\n"] {
            try write(text)
            #expect(try await shown()["lang"]?.source == "by default")
        }
    }

    @Test func theFileThatIsNamedIsTheOnlyOne() async throws {
        try write("lang: uz\nconcurrency: 3\n")
        try write("lang: ru\nconcurrency: 4\nmaxDay: 5\n", to: "home/.config/payout/payout.yaml")
        var shown = try await shown()
        #expect(shown["lang"]?.value == "uz" && shown["lang"]?.source == "payout.yaml, line 1")
        let ofPerson = folder.path("home/.config/payout/payout.yaml")
        #expect(shown["maxDay"]?.source == "\(ofPerson), line 3")
        try write("\nlang: en\n", to: "other.yaml")
        shown = try await self.shown("--config", "other.yaml")
        #expect(shown["lang"]?.source == "other.yaml, line 2" && shown["concurrency"]?.source == "by default")
        let missing = try await program.run("status", "--config", "missing.yaml")
        #expect(missing.status == 78 && missing.errors.contains("missing.yaml does not exist"))
    }

    @Test func anEmptyVariableDoesNotHideALimitOfTheFile() async throws {
        try write("maxDay: 500\n")
        var program = program
        program.environment["PAYOUT_MAX_DAY"] = ""
        #expect(try await program.run("config", "show").output.contains("maxDay: 5,00 so‘m (payout.yaml, line 1)"))
        program.environment["PAYOUT_MAX_DAYS"] = "3"
        let result = try await program.run("config", "show")
        #expect(result.status == 78 && result.errors.contains("did you mean PAYOUT_MAX_DAY?"), "\(result.errors)")
    }

    @Test func noPasswordIsShown() async throws {
        try write("bank:\n  password: s3cret\n")
        let result = try await program.run("config", "show")
        #expect(result.output.contains("bank.password: (hidden) (payout.yaml, line 2)"), "\(result.output)")
        #expect(!(result.output + result.errors).contains("s3cret"))
    }

    /// The example is the list of settings that an administrator reads.
    @Test func theExampleHasEverySettingAndNoOther() async throws {
        let example = try String(contentsOf: Checkout.file("docs/systemd/payout.yaml"), encoding: .utf8)
        let everything = example.replacing(/(?m)^( *)#(?=\w+:)/) { "\($0.output.1)" }
        try write(everything, to: "all.yaml")
        let unset = try await shown("--config", "all.yaml").filter { !$0.value.source.hasPrefix("all.yaml") }.keys
        #expect(unset.isEmpty, "the example lacks \(unset)")
        try write(example, to: "example.yaml")
        #expect(
            try await shown("--config", "example.yaml")["requireApproval"]?.source.hasPrefix("example.yaml") == true)
    }
}
