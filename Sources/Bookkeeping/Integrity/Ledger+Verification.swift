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
            try copyWithLog(path, keyFile, to: copy)
            let access = try LedgerAccess(toCopy: copy, of: path, keyFile: keyFile)
            return try verify(copy: copy, of: path, access)
        } catch let error as LedgerError {
            throw error
        } catch {
            throw openingError(error, path: path)
        }
    }

    /// Copies a ledger and its log at one moment: nobody writes to them meanwhile.
    private static func copyWithLog(_ path: String, _ keyFile: KeyFile, to copy: String) throws {
        let lock = FileManager.default.fileExists(atPath: path + ".writer") ? FileLock(existing: path + ".writer") : nil
        try lock?.lock()
        defer { lock?.unlock() }
        try FileManager.default.copyItem(atPath: path, toPath: copy)
        if FileManager.default.fileExists(atPath: path + "-wal") {
            try FileManager.default.copyItem(atPath: path + "-wal", toPath: copy + "-wal")
        }
        let folder = URL(fileURLWithPath: copy).deletingLastPathComponent()
        for journal in SendJournal.paths(keyFile) + SendJournal.paths(keyFile.sandbox) {
            let name = URL(fileURLWithPath: journal).lastPathComponent
            // What is no file cannot be copied, and is found out when it is read.
            if SendJournal.header(ofFileAt: journal) != nil {
                try FileManager.default.copyItem(atPath: journal, toPath: folder.appendingPathComponent(name).path)
            }
        }
        for file in [copy, copy + "-wal"] where FileManager.default.fileExists(atPath: file) {
            unsafe chmod(file, 0o600)
        }
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
                journalFault: try journalFault(
                    db, path, access.keyFile, URL(fileURLWithPath: copy).deletingLastPathComponent(), seal))
        }
    }

    /// What the send journal says against a ledger that lies where it is used; a copy has none of its own.
    private static func journalFault(
        _ db: Database, _ path: String, _ keyFile: KeyFile, _ copies: URL, _ seal: CardSeal
    ) throws -> String? {
        guard let identity = try Row.fetchOne(db, sql: "SELECT * FROM identity"), identity["path"] == path else {
            return nil
        }
        let file = SendJournal.path(keyFile, LedgerID(bytes: identity["ledgerID"]))
        let copy = copies.appendingPathComponent(URL(fileURLWithPath: file).lastPathComponent).path
        let isThere = FileManager.default.fileExists(atPath: file)
        if isThere, !FileManager.default.fileExists(atPath: copy) { return "the send journal \(file) is damaged" }
        let journal = SendJournal(path: copy, seal: seal.journal, disk: .system)
        do {
            let head = try chainHead(db)
            let heads = try journal.contents().contents.heads
            // A program that died may leave one commit in one of the two alone; the next opening puts them in step.
            guard let last = heads.last, last != head, heads.last(where: { $0 != last }) != head else { return nil }
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
