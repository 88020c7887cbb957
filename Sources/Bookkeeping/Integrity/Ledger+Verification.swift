import Foundation
import GRDB
import Payouts

extension Ledger {
    /// Checks the ledger. See ``LedgerAudit``.
    ///
    /// - Returns: one sentence per fault. It is empty if the ledger is sound.
    package func verify() throws(LedgerError) -> [String] {
        try read { db in try LedgerAudit(db: db, seal: seal).faults() }
    }

    /// The result of a verification.
    package struct Verification: Sendable {
        package let batches: Int
        /// The head of the chain of events.
        package let head: String
        /// The faults, one sentence each.
        package let faults: [String]
        /// The contradiction between the send journal and the ledger, if there is one.
        package let journalFault: String?
    }

    /// Checks a ledger's file without changing it, and without creating a file beside it. It works on a temporary copy,
    /// and removes the copy. The file may be on a read-only disk, be a copy, or have the schema of an earlier version.
    ///
    /// - Throws: ``LedgerError`` if the file is not a ledger, or if the key does not open it.
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
                    // Ignore the error: the system clears its temporary folder.
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

    /// Copies a ledger and its log under the writer lock, so that both are from the same moment.
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
            // Copy only a regular file. For anything else, reading it reports the fault.
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
        let seal = try CardSeal(
            key: access.key, sealedFingerprintKey: queue.read(Ledger.sealedFingerprintKey))
        try LedgerSchema.migrate(queue, LedgerTakeover(seal: seal))
        return try queue.read { db in
            Verification(
                batches: try Int.fetchOne(db, sql: "SELECT count(*) FROM batch") ?? 0, head: try chainHead(db).text,
                faults: try LedgerAudit(db: db, seal: seal).faults(),
                journalFault: try journalFault(
                    db, path, access.keyFile, URL(fileURLWithPath: copy).deletingLastPathComponent(), seal))
        }
    }

    /// Returns the contradiction between the send journal and a ledger in its usual place. A copy has no journal.
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
            let (head, known) = (try chainHead(db), try headsInJournal(db))
            let heads = try journal.contents().contents.heads
            // A program that died may leave one commit in only one of the two. The next opening repairs that.
            guard let last = heads.last, !known.contains(last),
                heads.last(where: { $0 != last }).map(known.contains) != true
            else { return nil }
            return last.event > head.event
                ? "the ledger is behind its send journal: event \(head.event) is its last, but the journal knows "
                    + "\(last.event)"
                : "the send journal is behind the ledger: event \(last.event) is its last, but the ledger has "
                    + "\(head.event)"
        } catch SendJournal.Unusable.missing {
            return "the send journal \(file) is missing"
        } catch SendJournal.Unusable.damaged {
            return "the send journal \(file) is damaged"
        }
    }
}
