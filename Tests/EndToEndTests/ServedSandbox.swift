import Fixtures
import Foundation

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// Runs `payout sandbox` as a process, and reads its records.
final class ServedSandbox: Sendable {
    let baseURL: URL
    private let running: Program.Running

    struct Debit: Decodable, Hashable {
        let agentTranId: Int64
        let amount: Int64
        let card: String
    }

    struct Requests: Decodable {
        let pay: Int
        let status: Int
        let login: Int
        let mostOpen: Int

        var total: Int { pay + status + login }
    }

    /// - Parameter port: 0 for any free port.
    init(_ program: Program, port: Int = 0, _ arguments: String...) async throws {
        running = try program.start(["sandbox", "--port", "\(port)"] + arguments)
        var address: Substring?
        let running = running
        try await running.wait(until: {
            address = try running.output.split(separator: " ").first { $0.hasPrefix("http://") }
            return address != nil
        })
        guard let address, let url = URL(string: address.trimmingCharacters(in: [","])) else { throw URLError(.badURL) }
        baseURL = url
    }

    deinit { stop() }

    func stop() {
        running.signal(SIGKILL)
        running.process.waitUntilExit()
    }

    /// Stops the bank while the body runs. It accepts connections but answers nothing, so that no run can end before
    /// the body, however slow the machine is.
    func whileItIsSilent(_ body: () async throws -> Void) async throws {
        running.signal(SIGSTOP)
        defer { running.signal(SIGCONT) }
        try await body()
    }

    /// The settings with which the program pays at this bank.
    var settings: [String: String] {
        [
            "PAYOUT_BANK_URL": baseURL.absoluteString, "PAYOUT_BANK_USERNAME": "agent",
            "PAYOUT_BANK_PASSWORD": "s3cret-Pa$$",
        ]
    }

    func debits() throws -> [Debit] {
        try JSONDecoder().decode([Debit].self, from: Data(contentsOf: baseURL.appendingPathComponent("sandbox/debits")))
    }

    func requests() throws -> Requests {
        try JSONDecoder().decode(
            Requests.self, from: Data(contentsOf: baseURL.appendingPathComponent("sandbox/requests")))
    }
}
