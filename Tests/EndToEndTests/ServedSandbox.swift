import Fixtures
import Foundation

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// `payout sandbox` as a process of its own, and what it has seen.
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
        let mostOpen: Int
    }

    /// - Parameter port: by default any free one.
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

    /// Holds the bank still meanwhile: connections are taken and nothing is answered, so that no run against it can end
    /// before the body has, however slow the machine.
    func whileItIsSilent(_ body: () async throws -> Void) async throws {
        running.signal(SIGSTOP)
        defer { running.signal(SIGCONT) }
        try await body()
    }

    /// The settings by which the program pays here.
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
