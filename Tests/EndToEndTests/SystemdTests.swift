import Fixtures
import Foundation
import Testing

/// The units in `docs/systemd`, as systemd itself reads them.
@Suite struct SystemdTests {
    private static let analyzer = "/usr/bin/systemd-analyze"

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: analyzer), "there is no systemd here"))
    func systemdFindsNothingWrongWithTheUnits() async throws {
        let folder = try TemporaryFolder()
        for unit in ["payout-inbox.service", "payout-inbox.timer"] {
            let path = Program.packageRoot.appendingPathComponent("docs/systemd/\(unit)")
            // The program is not installed where tests run.
            let text = try String(contentsOf: path, encoding: .utf8)
                .replacingOccurrences(of: "/usr/local/bin/payout", with: Program.executable.path)
            try Data(text.utf8).write(to: URL(fileURLWithPath: folder.path(unit)))
        }
        let result = try await Program(in: folder).start(
            ["verify", folder.path("payout-inbox.service"), folder.path("payout-inbox.timer")],
            by: URL(fileURLWithPath: Self.analyzer)
        ).wait()
        #expect(result.status == 0)
        #expect(!(result.output + result.errors).contains("payout-inbox"), "\(result.errors)")
    }
}
