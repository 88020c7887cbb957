package import Foundation
import GRDB
import Payouts

/// Recovers a ledger that is lost or damaged, at a person's request.
extension Ledger {
    /// Returns the batches that the send journal has and the ledger has not.
    package func forgottenBatches() throws(LedgerError) -> [ForgottenBatch] {
        try underWritersLock { db in
            let own = Set(
                try Row.fetchAll(db, sql: "SELECT * FROM batch").map { try BatchRecord($0) }
                    .map { BatchTag($0.reference, $0.digest) })
            return try readSends().batches.filter { !own.contains($0.key) }.values
                .map {
                    ForgottenBatch(
                        reference: $0.reference ?? "?", sentRows: Set($0.sends.values.map(\.row)).count,
                        isClosed: $0.isClosed)
                }
                .sorted { $0.reference < $1.reference }
        }
    }

    /// Checks that a missing ledger was never used.
    ///
    /// - Throws: ``LedgerError/isMissing(path:others:)`` if there is no ledger although its key was used before.
    package static func demandNothingMissing(
        at path: String, keyFile: KeyFile, isSandbox: Bool
    ) throws(LedgerError) {
        do {
            _ = try LedgerAccess.allowCreation(at: path, isSandbox ? keyFile.sandbox : keyFile, LedgerOpening())
        } catch {
            throw openingError(error, path: path)
        }
    }

    /// Returns whether the file contains a ledger and is not empty.
    package static func exists(at path: String) throws(LedgerError) -> Bool {
        do {
            return try LedgerAccess.hasTables(path)
        } catch {
            throw openingError(error, path: path)
        }
    }

    /// Renames a file without a ledger in it, and the log beside it. Otherwise SQLite would delete a log beside an
    /// empty database.
    ///
    /// - Returns: the new paths. They are empty if there was no file.
    package static func setEmptyFileAside(at path: String, at now: Date) throws(LedgerError) -> [String] {
        var kept: [String] = []
        for ending in ["", "-wal"] where FileManager.default.fileExists(atPath: path + ending) {
            let aside = "\(path)\(ending).lost-\(Int(now.timeIntervalSince1970))"
            guard unsafe link(path + ending, aside) == 0, unsafe unlink(path + ending) == 0 else {
                throw .cannotWrite(path: aside, reason: SystemError().description)
            }
            kept.append(aside)
        }
        unsafe unlink(path + "-shm")
        return kept
    }

    /// Renames a log that is damaged in the middle. The ledger then has the state of its last checkpoint.
    ///
    /// - Returns: the new path of the log, or `nil` if the log is sound.
    package static func setDamagedLogAside(ofLedgerAt path: String, at now: Date) throws(LedgerError) -> String? {
        guard FileManager.default.fileExists(atPath: path + "-wal") else { return nil }
        let lock = try FileLock(path: path + ".writer")
        try lock.lock()
        defer { lock.unlock() }
        guard case .damaged = try WriteAheadLog(ofDatabaseAt: path).inspect() else { return nil }
        let aside = "\(path)-wal.damaged-\(Int(now.timeIntervalSince1970))"
        guard unsafe link(path + "-wal", aside) == 0, unsafe unlink(path + "-wal") == 0 else {
            throw .cannotWrite(path: aside, reason: SystemError().description)
        }
        unsafe unlink(path + "-shm")
        return aside
    }
}
