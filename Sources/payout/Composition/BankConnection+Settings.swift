import AnorBank
import Foundation
import Logging
import MerchantAPI
import Monitoring
import Operations
import Payouts
import Processing
import ProgramSettings

extension BankConnection {
    /// Opens the bank that the settings name.
    ///
    /// For practice, it starts the built-in bank on a free loopback port. That bank stores its payments in a file
    /// beside the ledger, so that a killed run can be resumed.
    init(_ settings: Settings, observedBy metrics: RunMetrics?, time: TimeSource, logger: Logger) async throws {
        let builtIn =
            try await settings.isSandboxed
            ? BuiltInBank(journal: URL(fileURLWithPath: settings.ledgerPath + ".sandbox")) : nil
        let there: BankSettings
        do {
            // The built-in bank opens the other end of each connection in this same process.
            try DescriptorLimit.reserve(connections: settings.concurrency * (settings.isSandboxed ? 2 : 1))
            there = try builtIn?.settings ?? settings.bank()
        } catch {
            guard let reason = CommandError(wording: error)?.text(in: .en) else { throw error }
            throw BankUnusable(reason)
        }
        if builtIn == nil, there.address.isExposed {
            logger.warning("the bank's address is plain http: others on the network can read cards and the password")
        }
        let client = try there.client(timeout: settings.requestTimeout, connections: settings.concurrency + 4)
        let bank = AnorBank(client: client)
        self.init(
            bank: metrics.map { ObservedBank(bank: bank, metrics: $0, uptime: time.uptime) } ?? bank,
            address: builtIn == nil ? there.address.identity : "sandbox", executor: client.executor
        ) {
            try await client.shutdown()
            try await builtIn?.stop()
        }
    }
}
