import Foundation
package import NIOSSL

/// The address of the desk, and the paths of its files.
package struct DeskConfiguration: Sendable {
    package let host: String
    /// The port. 0 chooses a free one.
    package let port: Int
    /// The host names that requests may use. The desk refuses any other name, to prevent DNS rebinding.
    package let names: Set<String>
    /// The names under which a proxy with TLS may serve the desk.
    let proxyNames: Set<String>
    package let tls: TLSConfiguration?
    package let users: UsersFile
    package let staging: Staging
    package let auditPath: String
    /// Returns the metrics in Prometheus' text format.
    package var metrics: (@Sendable () throws -> String)?
    /// A monitoring program on another machine sends this token.
    package var monitoringToken: String?
    /// The largest upload, in bytes.
    package var maximumUploadBytes = 64 << 20
    /// The largest numbers of pages that may follow runs at once. A browser opens at most six connections to a desk,
    /// and streams must leave some of them free.
    package var streams = Streams(ofUser: 4, ofAll: 64)

    package struct Streams: Sendable {
        let ofUser, ofAll: Int

        package init(ofUser: Int, ofAll: Int) {
            self.ofUser = ofUser
            self.ofAll = ofAll
        }
    }

    /// The largest numbers of open connections. A proxy in front of the desk is one address for all its users.
    var connections = Connections.Limits(ofAddress: 100, ofAll: 300)
    var patience = ConnectionGuard.Patience()
    /// Compares a password with a hash.
    var comparePassword: PasswordChecks.Compare = { try $1.matches($0) }

    /// The number of connections that may be open at once.
    package var connectionCount: Int { connections.ofAll }

    package init(
        host: String, port: Int, names: Set<String>, tls: TLSConfiguration?, users: UsersFile, staging: Staging,
        auditPath: String
    ) {
        self.host = host
        self.port = port
        let local: Set = ["127.0.0.1", "localhost", "[::1]", host.lowercased()]
        // Browsers send a name in lower case.
        let names = Set(names.map { $0.lowercased() })
        proxyNames = names.subtracting(local)
        self.names = names.union(local)
        self.tls = tls
        self.users = users
        self.staging = staging
        self.auditPath = auditPath
    }

    var isSecure: Bool { tls != nil }
}
