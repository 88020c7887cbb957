import AnorBank
import Foundation
import Logging
import MerchantAPI
import Processing

/// The bank that a batch is paid through, with what must be closed after it.
struct OpenBank: Sendable {
    let bank: any Bank
    /// Where those do their work who send to it.
    var executor: (any TaskExecutor)? { client.executor }
    /// Where it is; `sandbox` for the built-in one.
    let address: String
    private let client: MerchantClient
    private let builtIn: BuiltInBank?

    init(_ services: Services) async throws {
        let isSandboxed = services.settings.isSandboxed
        // The built-in bank has the other end of each connection.
        try OpenFiles.reserve(connections: services.settings.concurrency * (isSandboxed ? 2 : 1))
        let settings: BankSettings
        if isSandboxed {
            let builtIn = try await BuiltInBank(
                journal: URL(fileURLWithPath: services.settings.ledgerPath + ".sandbox"))
            self.builtIn = builtIn
            settings = builtIn.settings
            address = "sandbox"
        } else {
            builtIn = nil
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
        try await builtIn?.stop()
    }
}
