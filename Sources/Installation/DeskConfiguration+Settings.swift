#if Desk
import Foundation
import NIOSSL
package import ProgramSettings
package import WebDesk

extension Settings {
    /// Returns the configuration of the desk.
    ///
    /// - Throws: ``SettingsError`` that names the invalid setting.
    package func desk() throws -> DeskConfiguration {
        let host = deskHost
        let certificate = values.text(.deskTLSCertificate)
        let key = values.text(.deskTLSKey)
        let tls: TLSConfiguration?
        switch (certificate, key) {
        case (let certificate?, let key?): tls = try Self.tls(certificate: certificate, key: key)
        case (nil, nil):
            guard ["127.0.0.1", "localhost", "::1"].contains(host) else {
                throw SettingsError.wrong(
                    "the desk at \(host) needs TLS, because others on the network could read along: set "
                        + "PAYOUT_DESK_TLS_CERTIFICATE and PAYOUT_DESK_TLS_KEY, or leave PAYOUT_DESK_HOST at 127.0.0.1")
            }
            tls = nil
        default:
            throw SettingsError.wrong(
                "PAYOUT_DESK_TLS_CERTIFICATE and PAYOUT_DESK_TLS_KEY belong together: set both")
        }
        var configuration = DeskConfiguration(
            host: host, port: try deskPort(),
            names: Set([values.text(.deskName)].compactMap(\.self)), tls: tls, users: deskUsers,
            staging: Staging(folder: ledgerPath + ".desk"), auditPath: ledgerPath + ".audit")
        if let file = values.text(.deskMonitoringTokenFile) {
            do {
                configuration.monitoringToken = try String(contentsOfFile: file, encoding: .utf8)
                    .trimmingCharacters(in: .whitespacesAndNewlines)
            } catch {
                throw SettingsError.wrong(
                    "the token \(file) (\(values.name(.deskMonitoringTokenFile))) cannot be read")
            }
        }
        return configuration
    }

    package var deskUsers: UsersFile { UsersFile(path: deskUsersPath) }

    /// Reads a certificate and its key, and checks that they belong together.
    static func tls(certificate: String, key: String) throws -> TLSConfiguration {
        var status = stat()
        guard unsafe stat(key, &status) != 0 || status.st_mode & 0o027 == 0 else {
            throw SettingsError.wrong(
                "others can read or write the certificate's key \(key) (PAYOUT_DESK_TLS_KEY): run chmod o-rwx,g-w on it, and "
                    + "renew it if they may have done so")
        }
        var tls: TLSConfiguration
        do {
            tls = TLSConfiguration.makeServerConfiguration(
                certificateChain: try NIOSSLCertificate.fromPEMFile(certificate).map { .certificate($0) },
                privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem)))
        } catch {
            throw SettingsError.wrong(
                "the certificate \(certificate) or its key \(key) cannot be read as PEM (PAYOUT_DESK_TLS_…)")
        }
        tls.minimumTLSVersion = .tlsv12
        tls.cipherSuiteValues = [
            .TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, .TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
            .TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, .TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
            .TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, .TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
        ]
        do {
            _ = try NIOSSLContext(configuration: tls)
        } catch {
            throw SettingsError.wrong(
                "the key \(key) does not belong to the certificate \(certificate): set PAYOUT_DESK_TLS_CERTIFICATE and "
                    + "PAYOUT_DESK_TLS_KEY to files that were made together, with the desk's own certificate first")
        }
        return tls
    }
}
#endif
