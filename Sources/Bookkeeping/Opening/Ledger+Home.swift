import Foundation
import GRDB
import Payouts
import Synchronization

/// Checks where the ledger's file is, and whether it is a copy.
extension Ledger {
    /// Checks that this file is the only ledger with its id.
    ///
    /// - Throws: ``LedgerError/isCopy(path:original:)`` if the same ledger still exists at the path where it was last
    ///   used.
    func checkNoOtherCopy(than home: LedgerHome) throws(LedgerError) {
        guard let last = try lastHome(), last != home, last.machine == home.machine,
            last.path != home.path, FileManager.default.fileExists(atPath: last.path)
        else { return }
        let files: (FileIdentity, FileIdentity)
        do {
            files = (try FileIdentity(path: path), try FileIdentity(path: last.path))
        } catch {
            throw .cannotRead(path: last.path, reason: error.description)
        }
        if !files.0.isSameFile(as: files.1) { throw .isCopy(path: path, original: last.path) }
    }

    /// Returns whether this is the ledger in its usual place, and not a copy.
    func isAtHome(_ home: LedgerHome) throws(LedgerError) -> Bool {
        let isCopy = try read { db in try Bool.fetchOne(db, sql: "SELECT isCopy FROM identity") ?? false }
        return try lastHome() == home && !isCopy
    }

    /// Returns where the ledger was last used. It reads the journal first, because a copy of the ledger may be out of
    /// date.
    private func lastHome() throws(LedgerError) -> LedgerHome? {
        if let header = SendJournal.header(ofFileAt: sends.path), header.ledger == id { return header.home }
        return try read { db in
            try Row.fetchOne(db, sql: "SELECT path, machine FROM identity")
                .map { LedgerHome(path: $0[0], machine: $0[1]) }
        }
    }

    /// Stores the ledger's current place. If it is a copy or comes from elsewhere, the program asks the bank about each
    /// row before it sends it. The other file may have been used meanwhile.
    func settle(at home: LedgerHome, _ opening: LedgerOpening) throws(LedgerError) {
        let isCopy = try read { db in try Bool.fetchOne(db, sql: "SELECT isCopy FROM identity") ?? false }
        let stored = try read { db in
            try Row.fetchOne(db, sql: "SELECT path, machine FROM identity").map {
                LedgerHome(path: $0[0], machine: $0[1])
            }
        }
        let last = try lastHome() ?? home
        guard isCopy || last != home || stored != home else { return }
        let asks = isCopy || (last != home && !opening.isMoved)
        let batches = try write { db in
            try db.execute(
                sql: "UPDATE identity SET isCopy = 0, path = ?, machine = ?", arguments: [home.path, home.machine])
            // The other file may have sent batches that this ledger has never seen.
            if asks { try db.execute(sql: "UPDATE identity SET isRebuilt = 1") }
            return asks ? try askFirstAboutAll(db) : []
        }
        try rewriteSends(home: home)
        if isCopy {
            findings.withLock { $0.append(.isCopy(batches)) }
        } else if asks {
            findings.withLock { $0.append(.wasElsewhere(last, batches)) }
        }
    }

    /// Makes every batch with unsettled rows ask the bank about each row before it is sent.
    ///
    /// - Returns: the batches.
    func askFirstAboutAll(_ db: Database) throws -> [BatchReference] {
        let batches = try Row.fetchAll(
            db,
            sql: """
                SELECT * FROM batch WHERE EXISTS (SELECT 1 FROM payout
                    WHERE batchID = batch.id AND state IN ('queued', 'sending', 'unknown', 'review', 'refused'))
                ORDER BY id
                """
        ).map { try BatchRecord($0) }
        for batch in batches { try askFirst(about: batch.id, db) }
        return batches.map(\.reference)
    }
}
