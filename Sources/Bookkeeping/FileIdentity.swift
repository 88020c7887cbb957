import Foundation
import Payouts

/// The identity of an opened file. It shows whether the path still leads to that file. SQLite keeps writing to a ledger
/// that was deleted or replaced, and those writes are lost when the program ends.
struct FileIdentity: Sendable {
    let path: String
    private let device: dev_t
    private let inode: ino_t

    init(path: String) throws(SystemError) {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { throw SystemError() }
        self.path = path
        device = status.st_dev
        inode = status.st_ino
    }

    func isSameFile(as other: FileIdentity) -> Bool { device == other.device && inode == other.inode }

    var isInPlace: Bool {
        var status = stat()
        return unsafe stat(path, &status) == 0 && status.st_dev == device && status.st_ino == inode
    }
}
