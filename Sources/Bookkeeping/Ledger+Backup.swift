import Foundation
import GRDB

extension Ledger {
    /// Copies the current ledger, even during a run. It checks the copy before it gives it its name. It never replaces
    /// another file.
    ///
    /// - Throws: ``LedgerError/cannotWrite(path:reason:)``, or ``LedgerError/damaged(path:reason:)`` if the copy fails
    ///   its check.
    package func backup(to target: String) throws(LedgerError) {
        guard !FileManager.default.fileExists(atPath: target) else {
            throw .cannotWrite(path: target, reason: "a file with this name already exists")
        }
        let temporary = target + ".\(getpid()).part"
        defer { unsafe unlink(temporary) }
        do {
            let descriptor = unsafe open(temporary, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else { throw SystemError() }
            Foundation.close(descriptor)
            let copy = try DatabaseQueue(path: temporary)
            try pool.backup(to: copy)
            try copy.writeWithoutTransaction { db in
                // The copy must be one file, without a write-ahead log beside it.
                try db.execute(sql: "PRAGMA journal_mode = DELETE")
                try db.execute(sql: "UPDATE identity SET isCopy = 1")
                let faults = try String.fetchAll(db, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
                guard faults.isEmpty else {
                    throw LedgerError.damaged(path: target, reason: faults[0])
                }
            }
            try copy.close()
            try Self.putInPlace(temporary, as: target)
        } catch let error as LedgerError {
            throw error
        } catch {
            throw .cannotWrite(path: target, reason: Self.reason(error))
        }
    }

    private static func putInPlace(_ temporary: String, as target: String) throws(SystemError) {
        for path in [temporary, URL(fileURLWithPath: target).deletingLastPathComponent().path] {
            let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw SystemError() }
            defer { Foundation.close(descriptor) }
            // A link, unlike a rename, does not replace an existing file. The folder is synced after the link.
            if path != temporary, unsafe link(temporary, target) != 0 { throw SystemError() }
            guard fsync(descriptor) == 0 else { throw SystemError() }
        }
    }
}
