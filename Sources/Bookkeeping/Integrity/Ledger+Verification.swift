import Foundation
import GRDB
import Payouts

extension Ledger {
    /// Looks for what must never be, see ``LedgerAudit``.
    ///
    /// - Returns: a sentence for each fault; empty where the ledger is sound.
    package func verify() throws(LedgerError) -> [String] {
        try read { db in try LedgerAudit(db: db, seal: seal).faults() }
    }

    /// What a verification found.
    package struct Verification: Sendable {
        package let batches: Int
        /// Where the chain of events stands.
        package let head: String
        /// A sentence for each false record.
        package let faults: [String]
        /// What the send journal says against the ledger.
        package let journalFault: String?
    }

    /// Looks for faults in a ledger's file without changing it, or making a file beside it: in a copy of its own, which is removed.
    /// It may lie on a read-only disk, be a copy, or be of an earlier version.
    ///
    /// - Throws: ``LedgerError`` where it is no ledger, or the key does not open it.
    package static func verify(fileAt path: String, keyFile: KeyFile) throws(LedgerError) -> Verification {
        do {
            let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
                "payout-verify-\(UUID().uuidString)")
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
            defer {
                do {
                    try FileManager.default.removeItem(at: folder)
                } catch {
                    // The system clears its temporary folder.
                }
            }
            let copy = folder.appendingPathComponent("ledger.sqlite").path
            try copyWithLog(path, to: copy)
            let access = try LedgerAccess(toCopy: copy, of: path, keyFile: keyFile)
            return try verify(copy: copy, of: path, access)
        } catch let error as LedgerError {
            throw error
        } catch {
            throw openingError(error, path: path)
        }
    }

    /// Copies a ledger and its log at one moment: nobody writes to them meanwhile.
    private static func copyWithLog(_ path: String, to copy: String) throws {
        let lock = FileManager.default.fileExists(atPath: path + ".writer") ? FileLock(existing: path + ".writer") : nil
        try lock?.lock()
        defer { lock?.unlock() }
        try FileManager.default.copyItem(atPath: path, toPath: copy)
        if FileManager.default.fileExists(atPath: path + "-wal") {
            try FileManager.default.copyItem(atPath: path + "-wal", toPath: copy + "-wal")
        }
        for file in [copy, copy + "-wal"] where FileManager.default.fileExists(atPath: file) { chmod(file, 0o600) }
    }

    private static func verify(copy: String, of path: String, _ access: LedgerAccess) throws -> Verification {
        let queue = try DatabaseQueue(path: copy)
        let unsigned = LedgerSchema.migrator(signingWith: nil)
        let isSigned = try queue.read { db in
            try unsigned.completedMigrations(db).contains(LedgerSchema.lastUnsignedVersion)
        }
        if !isSigned { try unsigned.migrate(queue, upTo: LedgerSchema.lastUnsignedVersion) }
        let seal = try CardSeal(
            key: access.key,
            sealedFingerprintKey: queue.read { db in
                try Data.fetchOne(db, sql: "SELECT sealedFingerprintKey FROM ledgerKey")
            })
        try LedgerSchema.migrator(signingWith: seal).migrate(queue)
        return try queue.read { db in
            Verification(
                batches: try Int.fetchOne(db, sql: "SELECT count(*) FROM batch") ?? 0, head: try chainHead(db).text,
                faults: try LedgerAudit(db: db, seal: seal).faults(),
                journalFault: try journalFault(db, path, access.keyFile, seal))
        }
    }

    /// What the send journal says against a ledger that lies where it is used; a copy has none of its own.
    private static func journalFault(
        _ db: Database, _ path: String, _ keyFile: KeyFile, _ seal: CardSeal
    ) throws -> String? {
        guard let identity = try Row.fetchOne(db, sql: "SELECT * FROM identity"), identity["isCopy"] == false,
            identity["path"] == path
        else { return nil }
        let file = SendJournal.path(keyFile, LedgerID(bytes: identity["ledgerID"]))
        let journal = SendJournal(path: file, seal: seal.journal, disk: .system)
        do {
            let head = try chainHead(db)
            guard let last = try journal.contents().contents.heads.last, last != head else { return nil }
            return last.event > head.event
                ? "the ledger is behind its send journal: event \(head.event) is its last, and the journal knows \(last.event)"
                : "the send journal is behind the ledger: event \(last.event) is its last, and the ledger has \(head.event)"
        } catch SendJournal.Unusable.missing {
            return "the send journal \(file) is missing"
        } catch SendJournal.Unusable.damaged {
            return "the send journal \(file) is damaged"
        }
    }
}
