import Foundation

/// An advisory lock on a separate file. The process holds it until it releases the lock or dies in any way. The lock is
/// never taken on the ledger file itself: closing any descriptor of that file would drop SQLite's own locks.
final class FileLock: Sendable {
    private let path: String
    private let descriptor: Int32

    /// - Throws: ``LedgerError/cannotOpen(path:reason:)``
    init(path: String) throws(LedgerError) {
        self.path = path
        descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw unsafe .cannotOpen(path: path, reason: String(cString: strerror(errno))) }
    }

    /// Opens an existing lock file. Fails if the file cannot be opened, for example on a read-only disk.
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

    /// Takes the lock if it is free. Returns whether this process now holds the lock.
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
