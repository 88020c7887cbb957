import Foundation
package import NIOSSL

/// Where the desk is served, and where it keeps what is its own.
package struct DeskConfiguration: Sendable {
    package let host: String
    /// 0 for any free one.
    package let port: Int
    /// The names by which browsers may call it, besides its address: whatever else a request calls it by is refused, so that no
    /// foreign name can be pointed at it (DNS rebinding).
    package let names: Set<String>
    package let tls: TLSConfiguration?
    package let users: UsersFile
    package let staging: Staging
    package let auditPath: String
    /// The largest file that may be handed in.
    package var maximumUploadBytes = 64 << 20
    /// How many pages may follow a run at once. A browser opens six connections to a desk and no more: those who look on must leave
    /// it some.
    package var streams = Streams(ofSession: 4, ofAll: 64)

    package struct Streams: Sendable {
        let ofSession, ofAll: Int

        package init(ofSession: Int, ofAll: Int) {
            self.ofSession = ofSession
            self.ofAll = ofAll
        }
    }

    package init(
        host: String, port: Int, names: Set<String>, tls: TLSConfiguration?, users: UsersFile, staging: Staging,
        auditPath: String
    ) {
        self.host = host
        self.port = port
        self.names = names.union(["127.0.0.1", "localhost", "[::1]", host])
        self.tls = tls
        self.users = users
        self.staging = staging
        self.auditPath = auditPath
    }

    var isSecure: Bool { tls != nil }
}
