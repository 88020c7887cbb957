import Fixtures
import Foundation
import Testing

/// From the program alone to settings with which it pays.
@Suite(.oneAtATime) struct SetupTests {
    private let folder: TemporaryFolder
    private let program: Program
    private var file: String { folder.path("payout.yaml") }

    init() throws {
        folder = try TemporaryFolder()
        program = Program(in: folder)
    }

    private func setUp(_ arguments: [String] = [], _ answers: [String]) async throws -> Program.Result {
        try await program.start(
            ["setup", "--config", file] + arguments, input: answers.map { $0 + "\n" }.joined()
        ).wait()
    }

    @Test func theAnswersBecomeSettingsThatKeepTheExamplesComments() async throws {
        let bank = try await ServedSandbox(program)
        try FileManager.default.copyItem(
            at: Checkout.file("docs/systemd/payout.yaml"), to: URL(fileURLWithPath: file))
        try Data(
            try String(contentsOfFile: file, encoding: .utf8)
                .replacingOccurrences(of: "/var/lib/payout-key", with: folder.path("key"))
                .replacingOccurrences(of: "/var/lib/payout", with: folder.path("state"))
                .replacingOccurrences(of: "/etc/payout", with: folder.path("etc")).utf8
        ).write(to: URL(fileURLWithPath: file))
        try FileManager.default.createDirectory(atPath: folder.path("etc"), withIntermediateDirectories: true)
        let answers = [
            "en", bank.baseURL.absoluteString, "agent", "s3cret-Pa$$", "Textile LLC", "20208000900123456001", "01183",
            "false", "-", "dilnoza maker", "a long password", "",
        ]
        let first = try await setUp([], answers)
        #expect(first.status == 0 && first.output.contains("http://127.0.0.1:8700/"), "\(first.errors)")
        let text = try String(contentsOfFile: file, encoding: .utf8)
        #expect(text.contains("# The bank's address, and the agent's login there.\n"))
        #expect(text.contains("\nsenderName: \"Textile LLC\"\n") && text.contains("\nrequireApproval: false\n"))
        #expect(text.contains("\nmfo: \"01183\"\n") && !text.contains("s3cret"))
        let doctor = try await program.run("doctor", "--config", file)
        #expect(doctor.status == 0 && doctor.output.contains("accepts the login of agent"), "\(doctor.output)")
        #expect(doctor.output.contains("1 can sign in"), "\(doctor.output)")

        // Empty answers keep everything.
        let second = try await setUp([], ["", "", "", "", "", "", "", "", "", ""])
        #expect(second.status == 0 && second.errors.contains("[Textile LLC]"), "\(second.errors)")
        #expect(try String(contentsOfFile: file, encoding: .utf8) == text)
    }

    @Test func aBankThatRefusesTheLoginLeavesEverythingAsItWas() async throws {
        let bank = try await ServedSandbox(program)
        let result = try await setUp([], ["en", bank.baseURL.absoluteString, "agent", "mistyped"])
        #expect(result.status == 75 && result.errors.contains("nothing was changed"), "\(result.errors)")
        #expect(!FileManager.default.fileExists(atPath: file))
    }

    @Test func aTrialNeedsNoBank() async throws {
        let result = try await setUp(
            ["--sandbox"],
            ["ru", "false", "-", "dilnoza maker", "a long password", "rustam checker", "another password", ""])
        #expect(result.status == 0, "\(result.errors)")
        let users = try await program.run("desk-user", "list", "--config", file)
        #expect(users.output == "dilnoza\tmaker\nrustam\tchecker\n")
    }

    @Test func answersThatEndTooEarlyAreSaid() async throws {
        let result = try await setUp(["--sandbox"], ["ru"])
        #expect(result.status == 64 && result.errors.contains("end too early"), "\(result.errors)")
    }
}
