import AnorBank
import Foundation
import Logging
import MerchantAPI
import Operations
import Processing
import Sandbox

extension BankConnection {
    /// Opens the bank that the settings name.
    ///
    /// For practice, starts the built-in bank on a free loopback port. It keeps its payments in a file beside the ledger, so
    /// that a killed run can be resumed.
    init(_ settings: Settings, observedBy metrics: RunMetrics?, time: TimeSource, logger: Logger) async throws {
        let sandbox = try await settings.isSandboxed ? Self.startSandbox(for: settings) : nil
        let there: BankSettings
        do {
            // The built-in bank opens the other end of each connection in this process.
            try DescriptorLimit.reserve(connections: settings.concurrency * (settings.isSandboxed ? 2 : 1))
            there = try sandbox?.settings ?? settings.bank()
        } catch let error as CommandError {
            throw BankUnusable(error.message)
        }
        if sandbox == nil, there.address.isExposed {
            logger.warning("the bank's address is plain http: others on the network can read cards and the password")
        }
        let client = there.client(timeout: settings.requestTimeout, connections: settings.concurrency + 4)
        let bank = AnorBank(client: client)
        self.init(
            bank: metrics.map { ObservedBank(bank: bank, metrics: $0, uptime: time.uptime) } ?? bank,
            address: sandbox == nil ? there.address.description : "sandbox", executor: client.executor
        ) {
            try await client.shutdown()
            try await sandbox?.running.stop()
        }
    }

    private static func startSandbox(
        for settings: Settings
    ) async throws -> (running: RunningSandbox, settings: BankSettings) {
        var configuration = SandboxConfiguration()
        configuration.journal = URL(fileURLWithPath: settings.ledgerPath + ".sandbox")
        let running = try await SandboxBank(configuration: configuration).start(port: 0)
        return (
            running,
            BankSettings(
                address: BankAddress(running.baseURL), username: configuration.username,
                password: Password(configuration.password))
        )
    }
}
