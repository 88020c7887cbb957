import Foundation

/// A file that only its owner may read and write, such as the ledger and its key.
enum PrivateFile {
    static func isOpenToOthers(_ path: String) -> Bool {
        var status = stat()
        return unsafe stat(path, &status) == 0 && status.st_mode & 0o077 != 0
    }

    static func isWritableByOthers(_ path: String) -> Bool {
        var status = stat()
        return unsafe stat(path, &status) == 0 && status.st_mode & 0o022 != 0
    }
}
