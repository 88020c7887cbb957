import Foundation
import GRDB
import Payouts
import Synchronization

/// A ledger knows where it lies, and whether it is a copy.
extension Ledger {
    /// - Throws: ``LedgerError/isCopy(path:original:)`` where the same ledger still lies where it was last used.
    func demandThatThereIsNoOther(than home: LedgerHome) throws(LedgerError) {
        guard let last = try lastHome(), last != home, last.machine == home.machine,
            last.path != home.path, FileManager.default.fileExists(atPath: last.path)
        else { return }
        let files: (OpenedFile, OpenedFile)
        do {
            files = (try OpenedFile(path: path), try OpenedFile(path: last.path))
        } catch {
            throw .cannotRead(path: last.path, reason: error.description)
        }
        if !files.0.isSameFile(as: files.1) { throw .isCopy(path: path, original: last.path) }
    }

    /// Whether this is the ledger in its place, and no copy.
    func isAtHome(_ home: LedgerHome) throws(LedgerError) -> Bool {
        let isCopy = try read { db in try Bool.fetchOne(db, sql: "SELECT isCopy FROM identity") ?? false }
        return try lastHome() == home && !isCopy
    }

    /// Where the ledger was last used: its journal knows it better than a copy of the ledger does.
    private func lastHome() throws(LedgerError) -> LedgerHome? {
        if let header = SendJournal.header(ofFileAt: sends.path), header.ledger == id { return header.home }
        return try read { db in
            try Row.fetchOne(db, sql: "SELECT path, machine FROM identity")
                .map { LedgerHome(path: $0[0], machine: $0[1]) }
        }
    }

    /// Notes where the ledger lies now. A copy, or a ledger that comes from elsewhere, asks the bank first: something may have been
    /// sent from the other one since.
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
            // What was sent since, or elsewhere, may be of files that this ledger has never seen.
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

    /// Has the bank asked about each row of every batch that has something to send.
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
