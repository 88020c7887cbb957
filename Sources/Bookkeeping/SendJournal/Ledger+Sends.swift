import Foundation
import GRDB
import PaymentValues
import Payouts

/// Reads and writes the ledger's send journal.
extension Ledger {
    /// Reads the journal.
    /// - Throws: ``LedgerError/journalUnusable(ledger:journal:trouble:)``
    func readSends() throws -> SendJournalContents { try usingSends { try sends.contents().contents } }

    /// Runs `work` and converts the journal's errors into errors for people.
    func usingSends<T>(_ work: () throws -> T) throws -> T {
        do {
            return try work()
        } catch SendJournal.Unusable.missing {
            throw LedgerError.journalUnusable(ledger: path, journal: sends.path, trouble: .missing)
        } catch SendJournal.Unusable.damaged {
            throw LedgerError.journalUnusable(ledger: path, journal: sends.path, trouble: .damaged)
        } catch SendJournal.Unusable.parted {
            throw LedgerError.journalUnusable(ledger: path, journal: sends.path, trouble: .parted)
        }
    }

    /// Writes the journal again. It keeps the entries of batches that this ledger does not have.
    ///
    /// - Parameter home: the new place of the ledger. By default the place does not change.
    func rewriteSends(home: LedgerHome? = nil) throws(LedgerError) {
        try underWritersLock { db in
            let contents = try readSends()
            try rewriteSends(
                contents, home: home ?? SendJournal.header(ofFileAt: sends.path)?.home ?? .here(path), db)
        }
    }

    /// Writes an unusable journal again, at a person's request. Keeps what could still be read of it.
    func replaceSends(with readable: SendJournalContents?, home: LedgerHome) throws(LedgerError) {
        try underWritersLock { db in
            try rewriteSends(readable ?? SendJournalContents(), home: home, db)
        }
    }

    private func rewriteSends(_ known: SendJournalContents, home: LedgerHome, _ db: Database) throws {
        var contents = known
        contents.take(try SendJournalContents(ofLedger: db))
        try sends.replace(
            with: SendJournalHeader(
                ledger: id, home: home,
                sealedFingerprintKey: try Data.fetchOne(db, sql: "SELECT sealedFingerprintKey FROM ledgerKey"),
                isRebuilt: try Bool.fetchOne(db, sql: "SELECT isRebuilt FROM identity") ?? false),
            SendJournalFrame(head: try Self.chainHead(db), entries: contents.entries))
    }

    /// Drops the sends of closed batches if the journal is much larger than the data it needs.
    func tidySends(_ db: Database) throws {
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT count(*), coalesce(sum(CASE WHEN EXISTS (SELECT 1 FROM payout WHERE batchID = batch.id
                        AND state IN ('queued', 'sending', 'unknown', 'review'))
                    THEN (SELECT count(*) FROM payout WHERE batchID = batch.id AND state <> 'queued') ELSE 0 END), 0)
                FROM batch
                """
        ).orDamaged("batches cannot be counted")
        let (batches, rows): (Int, Int) = (row[0], row[1])
        guard sends.size > Int64(64 << 10 + batches * 300 + rows * 60) else { return }
        guard let home = SendJournal.header(ofFileAt: sends.path)?.home else { return }
        try rewriteSends(readSends(), home: home, db)
    }
}

extension SendJournalContents {
    /// Collects the sends from a ledger: every send of the batches that are not closed.
    init(ofLedger db: Database) throws {
        self.init()
        var entries: [SendJournalEntry] = []
        for batch in try Row.fetchAll(db, sql: "SELECT * FROM batch").map({ try BatchRecord($0) }) {
            let tag = BatchTag(batch.reference, batch.digest)
            entries.append(.batch(tag, reference: batch.reference.name, digest: batch.digest.hex))
            if batch.asksFirst { entries.append(.asksFirst(tag)) }
            let isOpen = try Bool.fetchOne(
                db,
                sql: """
                    SELECT EXISTS (SELECT 1 FROM payout
                        WHERE batchID = ? AND state IN ('queued', 'sending', 'unknown', 'review'))
                    """, arguments: [batch.id.number])
            if isOpen != true { entries.append(.closed(tag)) }
            // For a closed batch, keep only the attempts of rows with several attempts. They show which attempt was the
            // last.
            let sends = try Row.fetchCursor(
                db,
                sql: """
                    SELECT row, agentTranID, max(sends, 1) FROM attempt
                    WHERE batchID = :batch AND (sends > 0 OR isDoubtful = 1 OR verdict <> 'open') AND (:isOpen
                        OR row IN (SELECT row FROM attempt WHERE batchID = :batch AND number > 1))
                    """,
                arguments: ["batch": batch.id.number, "isOpen": isOpen == true])
            while let send = try sends.next() {
                let id = try AgentTransactionID(stored: send[1])
                entries.append(.sent(tag, row: send[0], id: id, times: send[2]))
            }
            entries += try Int.fetchAll(
                db, sql: "SELECT row FROM payout WHERE batchID = ? AND state = 'withdrawn'",
                arguments: [batch.id.number]
            ).map { .withdrawn(tag, row: $0) }
            if try Ledger.rejection(of: batch.id, db) != nil {
                entries.append(.rejected(tag, corrections: try Ledger.correctionCount(of: batch.id, in: db)))
            }
        }
        take(SendJournalFrame(head: try Ledger.chainHead(db), entries: entries))
    }
}
