import Fixtures
import Foundation

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// Runs `other_bank.py` as a process. It pays every request, even for a repeated id.
final class OtherBank: Sendable {
    let baseURL: URL
    private let running: Program.Running

    struct Seen: Decodable {
        struct Payment: Decodable {
            let id: Int64
            let times: Int
            let amount: Int
        }

        let logins: Int
        let refreshes: Int
        let mostOpen: Int
        let payments: [Payment]
    }

    /// - Parameter port: 0 for any free port.
    init(in folder: TemporaryFolder, port: Int = 0) async throws {
        let script = Checkout.file("Tests/EndToEndTests/other_bank.py")
        running = try Program.Running(
            executable: URL(fileURLWithPath: "/usr/bin/env"), arguments: ["python3", script.path, "\(port)"],
            environment: ProcessInfo.processInfo.environment, folder: folder.url)
        let running = running
        try await running.wait(until: { try running.output.contains(" ") })
        guard let url = URL(string: try running.output.trimmingCharacters(in: .whitespacesAndNewlines)) else {
            throw URLError(.badURL)
        }
        baseURL = url
    }

    deinit { stop() }

    func stop() {
        running.signal(SIGKILL)
        running.process.waitUntilExit()
    }

    /// The settings with which the program pays at this bank.
    var settings: [String: String] {
        [
            "PAYOUT_BANK_URL": baseURL.absoluteString, "PAYOUT_BANK_USERNAME": "company",
            "PAYOUT_BANK_PASSWORD": "p@ss word",
        ]
    }

    func seen() throws -> Seen {
        try JSONDecoder().decode(Seen.self, from: Data(contentsOf: baseURL.appendingPathComponent("seen")))
    }
}
