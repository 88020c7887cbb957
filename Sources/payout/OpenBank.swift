import AnorBank
import Foundation
import Logging
import MerchantAPI
import Processing
import Sandbox

/// The bank that a batch is paid through, with what must be closed after it.
struct OpenBank: Sendable {
    let bank: any Bank
    /// Where those do their work who send to it.
    var executor: (any TaskExecutor)? { client.executor }
    /// Where it is; `sandbox` for the built-in one.
    let address: String
    private let client: MerchantClient
    private let sandbox: RunningSandbox?

    /// The built-in bank is started on a free loopback port. It keeps its payments beside the ledger, so that a run that
    /// was killed can be resumed.
    init(_ services: Services) async throws {
        let isSandboxed = services.settings.isSandboxed
        // The built-in bank has the other end of each connection.
        try OpenFiles.reserve(connections: services.settings.concurrency * (isSandboxed ? 2 : 1))
        let settings: BankSettings
        if isSandboxed {
            var configuration = SandboxConfiguration()
            configuration.journal = URL(fileURLWithPath: services.settings.ledgerPath + ".sandbox")
            let running = try await SandboxBank(configuration: configuration).start(port: 0)
            sandbox = running
            settings = BankSettings(
                url: running.baseURL, username: configuration.username, password: Password(configuration.password))
            address = "sandbox"
        } else {
            sandbox = nil
            settings = try services.settings.bank()
            address = settings.address
            if settings.isExposed {
                services.logger.warning(
                    "the bank's address is plain http: cards and the password can be read on the way")
            }
        }
        client = try settings.client(
            timeout: services.settings.requestTimeout, connections: services.settings.concurrency + 4)
        let anorBank = AnorBank(client: client)
        bank =
            services.metrics.map { ObservedBank(bank: anorBank, metrics: $0, uptime: services.time.uptime) } ?? anorBank
    }

    func close() async throws {
        try await client.shutdown()
        try await sandbox?.stop()
    }
}
