import Foundation

/// The file operations of the send journal. Tests replace them with a disk that loses unsynced data.
package struct JournalDisk: Sendable {
    /// Writes all the bytes at an offset of an open file.
    let write: @Sendable (_ descriptor: Int32, _ path: String, [UInt8], _ offset: Int64) throws -> Void
    /// Makes an open file durable.
    let sync: @Sendable (_ descriptor: Int32, _ path: String) throws -> Void
    /// Replaces a file with another one, durably.
    let rename: @Sendable (_ from: String, _ to: String) throws -> Void
    /// Whether another thread syncs the journal while SQLite syncs its own log.
    let isOverlapped: Bool

    package init(
        write: @escaping @Sendable (Int32, String, [UInt8], Int64) throws -> Void,
        sync: @escaping @Sendable (Int32, String) throws -> Void,
        rename: @escaping @Sendable (String, String) throws -> Void, isOverlapped: Bool
    ) {
        self.write = write
        self.sync = sync
        self.rename = rename
        self.isOverlapped = isOverlapped
    }

    /// The real disk of this machine.
    package static let system = JournalDisk(
        write: { descriptor, _, bytes, offset in
            var done = 0
            while done < bytes.count {
                let count = unsafe bytes.withUnsafeBytes {
                    let rest = unsafe UnsafeRawBufferPointer(rebasing: $0[done...])
                    return unsafe pwrite(descriptor, rest.baseAddress, rest.count, off_t(offset) + off_t(done))
                }
                guard count > 0 || count < 0 && errno == EINTR else { throw SystemError() }
                done += max(count, 0)
            }
        },
        sync: { descriptor, _ in
            while fdatasync(descriptor) != 0 {
                guard errno == EINTR else { throw SystemError() }
            }
        },
        rename: { old, new in
            guard unsafe Foundation.rename(old, new) == 0 else { throw SystemError() }
            let folder = unsafe open(URL(fileURLWithPath: new).deletingLastPathComponent().path, O_RDONLY | O_CLOEXEC)
            guard folder >= 0 else { throw SystemError() }
            defer { close(folder) }
            guard fsync(folder) == 0 else { throw SystemError() }
        }, isOverlapped: true)
}
