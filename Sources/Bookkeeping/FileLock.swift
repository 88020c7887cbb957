import Foundation

/// An advisory lock on a file of its own, held by this process until it is released or the process dies, however it
/// dies. Never taken on the ledger itself: closing any descriptor of that would drop SQLite's own locks.
final class FileLock: Sendable {
    private let path: String
    private let descriptor: Int32

    /// - Throws: ``LedgerError/cannotOpen(path:reason:)``
    init(path: String) throws(LedgerError) {
        self.path = path
        descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw unsafe .cannotOpen(path: path, reason: String(cString: strerror(errno))) }
    }

    /// A lock file that is there already; `nil` where it cannot be opened, as on a disk that nobody can write to.
    init?(existing path: String) {
        self.path = path
        descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
    }

    deinit {
        close(descriptor)
    }

    /// Waits until the lock is free.
    func lock() throws(LedgerError) {
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else {
                throw unsafe .cannotWrite(path: path, reason: String(cString: strerror(errno)))
            }
        }
    }

    /// Whether the lock was free and is now ours.
    func tryLock() -> Bool {
        flock(descriptor, LOCK_EX | LOCK_NB) == 0
    }

    func unlock() {
        flock(descriptor, LOCK_UN)
    }

    func replaceContents(with text: String) {
        let bytes = Array(text.utf8)
        ftruncate(descriptor, 0)
        _ = unsafe bytes.withUnsafeBytes { unsafe pwrite(descriptor, $0.baseAddress, $0.count, 0) }
    }

    func contents() -> String {
        var bytes = [UInt8](repeating: 0, count: 512)
        let count = unsafe bytes.withUnsafeMutableBytes { unsafe pread(descriptor, $0.baseAddress, $0.count, 0) }
        return String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self)
    }
}
