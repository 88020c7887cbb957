import Fixtures
import Foundation
import Testing

/// Checks the units in `docs/systemd` with systemd's own tools.
@Suite struct SystemdTests {
    private static let analyzer = "/usr/bin/systemd-analyze"

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: analyzer), "there is no systemd here"))
    func systemdFindsNothingWrongWithTheUnits() async throws {
        let folder = try TemporaryFolder()
        let units = ["payout-inbox.service", "payout-inbox.timer", "payout-desk.service"]
        for unit in units {
            let path = Checkout.file("docs/systemd/\(unit)")
            // The program is not installed where tests run.
            let text = try String(contentsOf: path, encoding: .utf8)
                .replacingOccurrences(of: "/usr/local/bin/payout", with: Program.executable.path)
            try Data(text.utf8).write(to: URL(fileURLWithPath: folder.path(unit)))
        }
        let result = try await Program(in: folder).start(
            ["verify"] + units.map { folder.path($0) },
            by: URL(fileURLWithPath: Self.analyzer)
        ).wait()
        #expect(result.status == 0)
        #expect(!(result.output + result.errors).contains(/payout-(inbox|desk)/), "\(result.errors)")
    }

    /// 0 is the least that systemd's rating can find, and 10 the most.
    @Test(
        .enabled(if: FileManager.default.isExecutableFile(atPath: analyzer), "there is no systemd here"),
        arguments: ["desk", "inbox"])
    func aServiceIsHardlyExposed(service: String) async throws {
        let unit = Checkout.file("docs/systemd/payout-\(service).service").path
        let folder = try TemporaryFolder()
        let result = try await Program(in: folder).start(
            ["security", "--offline=true", "--threshold=20", "--no-pager", unit],
            by: URL(fileURLWithPath: Self.analyzer)
        ).wait()
        #expect(result.status == 0, "\(result.output.suffix(120))")
    }

    /// Otherwise each service would have its own ledger.
    @Test func bothServicesAreOfTheSameLedger() throws {
        let (inbox, desk) = try (Self.settings(of: "payout-inbox"), Self.settings(of: "payout-desk"))
        #expect(inbox == desk && inbox.count > 8)
    }

    private static let visudo = ["/usr/sbin/visudo", "/sbin/visudo"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    @Test(.enabled(if: visudo != nil, "there is no sudo here"))
    func sudoFindsNothingWrongWithTheRules() async throws {
        let visudo = try #require(Self.visudo)
        let rules = Checkout.file("docs/sudo/payout").path
        let folder = try TemporaryFolder()
        let result = try await Program(in: folder).start(
            ["-c", "-s", "-f", rules], by: URL(fileURLWithPath: visudo)
        ).wait()
        #expect(result.status == 0, "\(result.output)\(result.errors)")
    }

    @Test func eachSudoRuleIsForOneCommandThatExists() async throws {
        let rules = try String(contentsOf: Checkout.file("docs/sudo/payout"), encoding: .utf8)
            .split(separator: "\n").filter { $0.hasPrefix("%") }
        let folder = try TemporaryFolder()
        let program = Program(in: folder)
        for rule in rules {
            let command = try #require(rule.split(separator: " /usr/local/bin/payout ").last)
            #expect(rule.contains("NOSETENV:") && rule.contains("CWD=/ ") && !command.contains(","), "\(rule)")
            let words = command.split(separator: " ").filter { $0 != "*" }.map(String.init)
            #expect(try await program.start(["help"] + words).wait().status == 0, "\(rule)")
        }
        #expect(rules.count > 10)
    }

    /// People with sudo and the timer must work on the same ledger.
    @Test func theExampleSettingsAreThoseOfTheUnits() throws {
        let settings = try String(contentsOf: Checkout.file("docs/systemd/payout.yaml"), encoding: .utf8)
        let units = try Self.settings(of: "payout-inbox")
        for (key, variable) in [
            ("ledger", "PAYOUT_LEDGER"), ("keyFile", "PAYOUT_KEY_FILE"), ("output", "PAYOUT_OUTPUT"),
        ] {
            let line = try #require(units.first { $0.hasPrefix("Environment=\(variable)=") })
            #expect(settings.contains("\n\(key): \(line.dropFirst("Environment=\(variable)=".count))\n"), "\(key)")
        }
    }

    private static func settings(of service: String) throws -> [String] {
        let path = Checkout.file("docs/systemd/\(service).service")
        let names = ["Environment", "User=", "Group=", "UMask=", "StateDirectory", "WorkingDirectory="]
        return try String(contentsOf: path, encoding: .utf8).components(separatedBy: "\n")
            .filter { line in names.contains { line.hasPrefix($0) } }
    }
}
