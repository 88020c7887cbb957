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

    /// Otherwise each service would have its own ledger.
    @Test func bothServicesAreOfTheSameLedger() throws {
        let (inbox, desk) = try (Self.settings(of: "payout-inbox"), Self.settings(of: "payout-desk"))
        #expect(inbox == desk && inbox.count > 8)
    }

    private static func settings(of service: String) throws -> [String] {
        let path = Checkout.file("docs/systemd/\(service).service")
        let names = ["Environment", "User=", "Group=", "UMask=", "StateDirectory", "WorkingDirectory="]
        return try String(contentsOf: path, encoding: .utf8).components(separatedBy: "\n")
            .filter { line in names.contains { line.hasPrefix($0) } }
    }
}
