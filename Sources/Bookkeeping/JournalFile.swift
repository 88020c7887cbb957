import Foundation

/// The file of a ledger's write-ahead log.
///
/// After a failed fsync, Linux still counts the bytes as written. A later fsync then succeeds, but a power cut loses
/// these bytes and everything after them. Only bytes that are written again reach the disk. SQLite forgets the failure
/// when its process ends.
package struct JournalFile: Sendable {
    private let rewriting: @Sendable (String) throws -> Void

    /// Makes the file.
    /// - Parameter rewriting: writes a file's bytes again in place and syncs them.
    package init(rewriting: (@Sendable (String) throws -> Void)? = nil) {
        self.rewriting = rewriting ?? Self.rewrite
    }

    /// Makes the current log of a ledger durable. No process may write to the log meanwhile.
    func secure(ofLedgerAt path: String) throws {
        let journal = path + "-wal"
        if FileManager.default.fileExists(atPath: journal) { try rewriting(journal) }
    }

    /// Rewrites the file in place. Closing the descriptor is safe, because SQLite holds no lock on the log itself.
    private static func rewrite(_ path: String) throws {
        let descriptor = unsafe open(path, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { throw SystemError() }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        var offset = 0
        while true {
            let count = unsafe bytes.withUnsafeMutableBytes {
                unsafe pread(descriptor, $0.baseAddress, $0.count, offset)
            }
            guard count >= 0 else { throw SystemError() }
            if count == 0 { break }
            let written = unsafe bytes.withUnsafeBytes { unsafe pwrite(descriptor, $0.baseAddress, count, offset) }
            guard written == count else { throw SystemError() }
            offset += count
        }
        guard fsync(descriptor) == 0 else { throw SystemError() }
    }
}
