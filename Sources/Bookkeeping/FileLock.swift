import Foundation

/// An advisory lock on a separate file. The process holds it until it releases the lock or ends in any way. Never lock
/// the ledger file itself: closing any descriptor of that file would drop SQLite's own locks.
final class FileLock: Sendable {
    private let path: String
    private let descriptor: Int32

    /// The largest size of a lock file, which contains only its holder's name. A larger file is not a lock and must not
    /// be emptied.
    private static let longestContents = 4096

    /// Opens the lock file, or creates it.
    ///
    /// - Throws: ``LedgerError/cannotOpen(path:reason:)``, also for a file that cannot be payout's lock, such as a
    ///   link.
    init(path: String) throws(LedgerError) {
        self.path = path
        descriptor = unsafe open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.cannotOpen(path, errno == ELOOP ? "it is a link" : nil) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw Self.cannotOpen(path, nil) }
        guard status.st_mode & S_IFMT == S_IFREG, status.st_nlink == 1, status.st_size <= Self.longestContents,
            status.st_uid == geteuid() || geteuid() == 0
        else { throw Self.cannotOpen(path, "it is not a lock file of this account") }
        Self.restrict(descriptor, status, path)
    }

    /// Lets only the ledger's account lock the file. Root gives the lock to the owner of the folder, because that
    /// owner's programs could not use it otherwise.
    private static func restrict(_ descriptor: Int32, _ status: stat, _ path: String) {
        if status.st_mode & 0o777 != 0o600 { fchmod(descriptor, 0o600) }
        guard geteuid() == 0, status.st_uid == 0 else { return }
        var folder = stat()
        let folderPath = URL(fileURLWithPath: path).deletingLastPathComponent().path
        // In a folder owned by root, such as /tmp, nothing changes.
        if unsafe stat(folderPath, &folder) == 0, folder.st_uid != 0 {
            fchown(descriptor, folder.st_uid, folder.st_gid)
        }
    }

    private static func cannotOpen(_ path: String, _ reason: String?) -> LedgerError {
        .cannotOpen(path: path, reason: reason ?? SystemError().description)
    }

    /// Opens an existing lock file. Fails if the file cannot be opened, for example on a read-only disk.
    init?(existing path: String) {
        self.path = path
        descriptor = unsafe open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
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
