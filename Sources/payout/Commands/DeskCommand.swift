#if Desk
import Operations
import ArgumentParser
import Bookkeeping
import Crypto
import Foundation
import Installation
import Monitoring
import NIOSSL
import Payouts
import Processing
import ProgramSettings
import WebDesk

struct DeskCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "desk",
        abstract: "Serves the web page for accountants until it is stopped.",
        discussion: """
            By default it listens only on this machine, at http://127.0.0.1:8700. Another --host needs a certificate. Add the \
            users with payout desk-user. SIGTERM stops it after the bank has answered all open requests; users resume the \
            rest on the page.
            """)

    @Option(help: "The port; 0 for any free one (PAYOUT_DESK_PORT, 8700).")
    var port: Int?

    @Option(help: "The address to listen at (PAYOUT_DESK_HOST, 127.0.0.1).")
    var host: String?

    @Option(help: "The host name that browsers use, if it is not the address (PAYOUT_DESK_NAME).")
    var name: String?

    @Option(help: "The certificate chain, PEM (PAYOUT_DESK_TLS_CERTIFICATE).")
    var tlsCertificate: String?

    @Option(help: "The certificate's key, PEM (PAYOUT_DESK_TLS_KEY).")
    var tlsKey: String?

    @Option(help: "The users file (PAYOUT_DESK_USERS); by default beside the ledger's key.")
    var users: String?

    @OptionGroup var options: LedgerOptions

    func run() async throws {
        try await runCommand {
            let program = Composition(
                try options.settings([
                    .deskPort: port.map(String.init), .deskHost: host, .deskName: name,
                    .deskTLSCertificate: tlsCertificate, .deskTLSKey: tlsKey, .deskUsers: users,
                ]), isServer: true)
            if !program.settings.isSandboxed { _ = try program.settings.bank() }
            var configuration = try program.settings.desk()
            guard try !configuration.users.users().isEmpty else {
                throw CommandError(
                    .configuration,
                    "there are no users yet: add one with payout desk-user add NAME --role maker (users file \(configuration.users.path))"
                )
            }
            try DescriptorLimit.reserve(
                connections: configuration.connectionCount + 2 * program.settings.concurrency)
            let ledger = try program.context.openLedger()
            configuration.metrics = { try program.metricsText(of: ledger) }
            let desk: Desk
            do {
                desk = try Desk(
                    configuration: configuration, context: program.context, ledger: ledger, random: Self.random,
                    logger: program.logger)
            } catch let error as StagingError {
                throw CommandError(.configuration, error.description)
            }
            let scheme = configuration.tls == nil ? "http" : "https"
            let shownHost = name ?? configuration.host
            do {
                try await desk.serve { port in
                    program.console.result("desk at \(scheme)://\(shownHost):\(port)/")
                }
            } catch let error as Desk.CannotListen {
                throw CommandError(.configuration, error.description)
            }
            try ledger.close()
            return .everyRowPaid
        }
    }

    /// Returns random bytes from the source for cryptographic keys.
    static let random: @Sendable (Int) -> [UInt8] = { count in
        unsafe SymmetricKey(size: SymmetricKeySize(bitCount: count * 8)).withUnsafeBytes(Array.init)
    }
}

extension Composition {
    /// Returns the metrics of the recent batches, and of the requests to the bank since the desk started.
    fileprivate func metricsText(of ledger: Ledger) throws -> String {
        let now = time.now()
        try metrics?.observe(ledger, since: OperationContext.duplicateWindow(at: now), at: now)
        return metrics?.text ?? ""
    }
}
#endif
