#if Desk
import ArgumentParser
import Bookkeeping
import Configuration
import Crypto
import Foundation
import NIOSSL
import Payouts
import WebDesk

struct DeskCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "desk",
        abstract: "Serves a page on which the accountant does the whole job, until it is stopped.",
        discussion: """
            On this machine alone, at http://127.0.0.1:8700, unless --host says otherwise: then it needs a certificate. People \
            sign in; payout desk-user says who may. SIGTERM stops it once the requests on their way are answered; what is left \
            goes on with a click.
            """)

    @Option(help: "The port; 0 for any free one (PAYOUT_DESK_PORT, 8700).")
    var port: Int?

    @Option(help: "The address to listen at (PAYOUT_DESK_HOST, 127.0.0.1).")
    var host: String?

    @Option(help: "The name by which browsers reach it, where that is not its address (PAYOUT_DESK_NAME).")
    var name: String?

    @Option(help: "The certificate chain, PEM (PAYOUT_DESK_TLS_CERTIFICATE).")
    var tlsCertificate: String?

    @Option(help: "The certificate's key, PEM (PAYOUT_DESK_TLS_KEY).")
    var tlsKey: String?

    @Option(help: "Who may sign in (PAYOUT_DESK_USERS); by default a file beside the ledger's key.")
    var users: String?

    @OptionGroup var options: LedgerOptions

    func run() async throws {
        try await ending {
            let services = Services(
                try await options.settings([
                    "desk.port": port.map(String.init), "desk.host": host, "desk.name": name,
                    "desk.tlsCertificate": tlsCertificate, "desk.tlsKey": tlsKey, "desk.users": users,
                ]))
            if !services.settings.isSandboxed { _ = try services.settings.bank() }
            let configuration = try services.settings.desk()
            guard try !configuration.users.users().isEmpty else {
                throw Failure(
                    .configuration,
                    "nobody may sign in yet: payout desk-user add NAME --role maker (users file \(configuration.users.path))"
                )
            }
            let ledger = try services.openLedger()
            let desk: Desk
            do {
                desk = try Desk(
                    configuration: configuration, acts: DeskServices(services: services),
                    ledger: ledger, random: Self.random, logger: services.logger)
            } catch let error as Staging.Trouble {
                throw Failure(.configuration, error.description)
            }
            let scheme = configuration.tls == nil ? "http" : "https"
            let shownHost = name ?? configuration.host
            do {
                try await desk.serve { port in
                    services.console.result("desk at \(scheme)://\(shownHost):\(port)/")
                }
            } catch let error as Desk.CannotListen {
                throw Failure(.configuration, error.description)
            }
            try ledger.close()
            return .everyRowPaid
        }
    }

    /// From the system's source for keys.
    static let random: @Sendable (Int) -> [UInt8] = { count in
        unsafe SymmetricKey(size: SymmetricKeySize(bitCount: count * 8)).withUnsafeBytes(Array.init)
    }
}

extension Settings {
    /// How the desk is served.
    ///
    /// - Throws: ``Failure`` that names the setting which cannot be used.
    func desk() throws -> DeskConfiguration {
        let host = values.text("desk.host") ?? "127.0.0.1"
        let certificate = values.text("desk.tlsCertificate")
        let key = values.text("desk.tlsKey")
        let tls: TLSConfiguration?
        switch (certificate, key) {
        case (let certificate?, let key?): tls = try Self.tls(certificate: certificate, key: key)
        case (nil, nil):
            guard ["127.0.0.1", "localhost", "::1"].contains(host) else {
                throw Failure(
                    .configuration,
                    "at \(host) others could read along: give PAYOUT_DESK_TLS_CERTIFICATE and PAYOUT_DESK_TLS_KEY, or leave "
                        + "PAYOUT_DESK_HOST at 127.0.0.1")
            }
            tls = nil
        default:
            throw Failure(
                .configuration, "PAYOUT_DESK_TLS_CERTIFICATE and PAYOUT_DESK_TLS_KEY belong together: give both")
        }
        return DeskConfiguration(
            host: host, port: try values.number("desk.port", in: 0...65_535) ?? 8700,
            names: Set([values.text("desk.name")].compactMap(\.self)), tls: tls, users: deskUsers,
            staging: Staging(folder: ledgerPath + ".desk"), auditPath: ledgerPath + ".audit")
    }

    var deskUsers: UsersFile {
        let folder = URL(fileURLWithPath: keyFilePath).deletingLastPathComponent()
        return UsersFile(path: values.text("desk.users") ?? folder.appendingPathComponent("desk.users").path)
    }

    private static func tls(certificate: String, key: String) throws -> TLSConfiguration {
        do {
            var tls = TLSConfiguration.makeServerConfiguration(
                certificateChain: try NIOSSLCertificate.fromPEMFile(certificate).map { .certificate($0) },
                privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem)))
            tls.minimumTLSVersion = .tlsv12
            return tls
        } catch {
            throw Failure(
                .configuration,
                "the certificate \(certificate) or its key \(key) cannot be read as PEM (PAYOUT_DESK_TLS_…)")
        }
    }
}
#endif
