import Foundation
package import NIOSSL

/// The address of the desk, and the paths of its files.
package struct DeskConfiguration: Sendable {
    package let host: String
    /// The port; 0 chooses a free one.
    package let port: Int
    /// The host names that requests may use. The desk refuses any other name, to prevent DNS rebinding.
    package let names: Set<String>
    package let tls: TLSConfiguration?
    package let users: UsersFile
    package let staging: Staging
    package let auditPath: String
    /// The largest upload, in bytes.
    package var maximumUploadBytes = 64 << 20
    /// How many pages may follow runs at once. A browser opens at most six connections to a desk, and streams must
    /// leave some free.
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
