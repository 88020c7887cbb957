package import Foundation
import GRDB
import PaymentValues
package import Payouts
import Synchronization

extension Ledger {
    /// Stores a batch while its rows are read. Each row is queued, with its first attempt and id. The whole batch is
    /// stored, or nothing.
    ///
    /// - Parameter isDeliberate: whether a person chose the reference for this file. Only then can the same bytes be
    ///   imported a second time.
    /// - Throws: ``LedgerError/alreadyImported(as:)``, ``LedgerError/referenceTaken(_:)``, an error of the ledger's
    ///   disk, or an error of the source of the rows.
    package func importBatch(_ new: NewBatch, isDeliberate: Bool) throws -> BatchID {
        // An error of the source is not an error of the ledger, so it is not wrapped as one.
        var sourceError: (any Error)?
        do {
            return try write { db in
                let known = try readSends().batches
                let new = try underStoredName(new, known)
                try checkUnsent(new, isDeliberate: isDeliberate, known)
                let batch = try insert(new, isDeliberate: isDeliberate, in: db)
                sourceError = try insertRows(of: new, as: batch, in: db)
                if let sourceError { throw sourceError }
                try recall(batch, known[BatchTag(new.reference, new.digest)], db)
                return batch
            }
        } catch {
            throw sourceError ?? error
        }
    }

    /// Returns the batch under the name that an earlier version stored, or unchanged if there is no such name. That
    /// version kept the Unicode form that was given, and computed the ids from it.
    private func underStoredName(
        _ new: NewBatch, _ known: [BatchTag: SendJournalContents.Batch]
    ) throws -> NewBatch {
        // Swift compares strings by canonical equivalence, not byte by byte.
        let stored = known.values.first { $0.digest == new.digest.hex && $0.reference == new.reference.name }?.reference
        guard let stored else { return new }
        return new.named(try BatchReference(stored: stored))
    }

    /// Refuses a file that was already sent, from a lost ledger or from another ledger with the same key. If a ledger
    /// at this path is lost, its sends are restored later instead.
    ///
    /// - Throws: ``LedgerError/alreadyImported(as:)``, ``LedgerError/referenceTaken(_:)``,
    ///   ``LedgerError/sentFromAnotherLedger(_:path:)``
    private func checkUnsent(
        _ new: NewBatch, isDeliberate: Bool, _ own: [BatchTag: SendJournalContents.Batch]
    ) throws {
        let tag = BatchTag(new.reference, new.digest)
        let earlier = own.filter { $0.key != tag && $0.value.digest == new.digest.hex && $0.value.wasSent }
        if !isDeliberate, own[tag] == nil, !earlier.isEmpty {
            throw LedgerError.alreadyImported(
                as: try earlier.values.compactMap(\.reference).sorted().map { try BatchReference(stored: $0) })
        }
        // A different file under the same name may contain the same payouts, saved again.
        if own.values.contains(where: {
            $0.reference == new.reference.name && $0.digest != new.digest.hex && $0.wasSent
        }) {
            throw LedgerError.referenceTaken(new.reference)
        }
        let home = SendJournal.header(ofFileAt: sends.path)?.home
        for other in otherJournals() {
            for (theirs, batch) in other.contents.batches where batch.digest == new.digest.hex && batch.wasSent {
                guard theirs == tag ? other.home != home : !isDeliberate else { continue }
                throw LedgerError.sentFromAnotherLedger(new.reference, path: other.home?.path ?? "?")
            }
        }
    }

    /// Marks the rows that a lost ledger sent as unknown.
    private func recall(_ batch: BatchID, _ known: SendJournalContents.Batch?, _ db: Database) throws {
        if try Bool.fetchOne(db, sql: "SELECT isRebuilt FROM identity") == true { try askFirst(about: batch, db) }
        let record = try batchRecord(batch, in: db)
        let others = otherJournals()
        // A journal that cannot be read may know sends of this file.
        if !others.allSatisfy(\.isWhole) { try askFirst(about: batch, db) }
        var count = try known.map { try putRight(record, by: $0, of: .this, db) } ?? 0
        count += try takeIn(record, from: others, db) ?? 0
        if count > 0 { findings.withLock { $0.append(.recalled(record.reference, rows: count)) } }
    }

    /// Stores the batch itself, without its rows.
    private func insert(_ new: NewBatch, isDeliberate: Bool, in db: Database) throws -> BatchID {
        let sameFile = try Row.fetchAll(
            db, sql: "SELECT reference FROM batch WHERE fileSHA256 = ? ORDER BY id", arguments: [new.digest.hex]
        ).map { try BatchReference(stored: $0[0]) }
        if sameFile.contains(new.reference) || (!sameFile.isEmpty && !isDeliberate) {
            throw LedgerError.alreadyImported(as: sameFile)
        }
        if try storedName(of: new.reference.name, in: db) != nil { throw LedgerError.referenceTaken(new.reference) }
        try checkKey(in: db)
        let at = timestamp()
        try db.execute(
            sql: """
                INSERT INTO batch (reference, fileName, fileSHA256, rows, sumTiyin, importedBy, importedAt, warnings,
                    needsApproval)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                new.reference.name, new.fileName, new.digest.hex, new.totals.rows, new.totals.sum.count, who, at,
                new.warnings.values.reduce(0, +), new.approvalsNeeded > 0,
            ])
        let batch = BatchID(number: db.lastInsertedRowID)
        let row = try sign(batch, db)
        note(.batch(BatchTag(new.reference, new.digest), reference: new.reference.name, digest: new.digest.hex))
        try record(
            Event(
                batch: batch, to: .queued, why: .imported(new.totals), evidence: seal.records.evidence(imported: row)),
            at: at, in: db)
        if new.approvalsNeeded > 1 {
            try record(Event(batch: batch, why: .approvalsNeeded(new.approvalsNeeded)), at: at, in: db)
        }
        for (kind, count) in new.warnings {
            try db.execute(
                sql: "INSERT INTO warning (batchID, kind, count) VALUES (?, ?, ?)",
                arguments: [batch.number, kind.rawValue, count])
        }
        return batch
    }

    /// Stores the rows of a new batch.
    /// - Returns: the error of the source of the rows, if there was one.
    private func insertRows(of new: NewBatch, as batch: BatchID, in db: Database) throws -> (any Error)? {
        try withLargerCache(db) {
            var totals = ControlTotals.zero
            let table = try PayoutTable(batch, queuedAt: timestamp(), in: db)
            do {
                try Pipeline.producingInBackground { [seal] put in
                    do {
                        try SealedPayout.each(of: new, under: seal, put)
                    } catch {
                        throw SourceFailed(cause: error)
                    }
                } take: { (payouts: [SealedPayout]) in
                    for payout in payouts {
                        try totals.add(payout.amount)
                        if try table.insert(payout) { continue }
                        // Another attempt has this id, so compute one with a salt.
                        let id = try insertAttempt(
                            1, ofRow: payout.row, batch: batch, reference: new.reference, digest: new.digest, in: db)
                        let record = try batchRecord(batch, in: db)
                        let content = try content(
                            of: AttemptKey(batch: batch, row: payout.row, id: payout.firstID), record, db)
                        try store(content, ofRow: payout.row, record, id: id, in: db)
                    }
                }
            } catch let error as SourceFailed {
                return error.cause
            }
            guard totals == new.totals else {
                throw LedgerError.cannotWrite(path: path, reason: "the rows do not add up to the control totals")
            }
            return nil
        }
    }

    private struct SourceFailed: Error {
        let cause: any Error
    }

    /// Runs `work` with a larger page cache. Ids and fingerprints come in random order, so each new one changes another
    /// page. With a small cache, pages would be written and read again for every row.
    private func withLargerCache<T>(_ db: Database, _ work: () throws -> T) throws -> T {
        let before = try Int.fetchOne(db, sql: "PRAGMA cache_size") ?? 0
        try db.execute(sql: "PRAGMA cache_size = \(-48 << 10)")
        let result = Result { try work() }
        try db.execute(sql: "PRAGMA cache_size = \(before)")
        return try result.get()
    }

    /// Returns whether any batch was imported since the given moment. If none was, no row can be a duplicate.
    package func hasBatches(importedSince: Date) throws(LedgerError) -> Bool {
        try read { db in
            try Bool.fetchOne(
                db, sql: "SELECT EXISTS (SELECT 1 FROM batch WHERE importedAt >= ?)",
                arguments: [Int64(importedSince.timeIntervalSince1970 * 1000)]) == true
        }
    }

    /// Returns the rows that pay the same card the same amount as a row of another batch imported since the given
    /// moment.
    package func duplicates(of payouts: [Payout], importedSince: Date) throws(LedgerError) -> [DuplicatePayment] {
        try read { db in
            let statement = try db.cachedStatement(
                sql: """
                    SELECT batch.reference, payout.row FROM payout JOIN batch ON batch.id = payout.batchID
                    WHERE payout.cardFingerprint = ? AND payout.amountTiyin = ? AND batch.importedAt >= ?
                        AND payout.state <> 'withdrawn'
                    ORDER BY batch.importedAt DESC LIMIT 1
                    """)
            let since = Int64(importedSince.timeIntervalSince1970 * 1000)
            return try payouts.compactMap { payout in
                try Row.fetchOne(
                    statement, arguments: [seal.fingerprint(of: payout.card), payout.amount.count, since]
                ).map { DuplicatePayment(row: payout.row, batch: try BatchReference(stored: $0[0]), otherRow: $0[1]) }
            }
        }
    }

    /// Hands out every row with a key of the accountant's, of batches imported since the given moment, the latest first.
    package func forEachKey(
        importedSince: Date, _ each: (_ key: String, KeyedRow) throws -> Void
    ) throws(LedgerError) {
        try read { db in
            let batches = try Row.fetchAll(
                db, sql: "SELECT id, reference FROM batch WHERE importedAt >= ? ORDER BY importedAt DESC",
                arguments: [Int64(importedSince.timeIntervalSince1970 * 1000)])
            for batch in batches {
                let (id, reference): (Int64, BatchReference) = (batch[0], try BatchReference(stored: batch[1]))
                let rows = try Row.fetchCursor(
                    db,
                    sql: """
                        SELECT rowKey, row, maskedCard FROM payout
                        WHERE batchID = ? AND rowKey IS NOT NULL AND state <> 'withdrawn'
                        """, arguments: [id])
                while let row = try rows.next() {
                    try each(row[0], KeyedRow(batch: reference, row: row[1], maskedCard: row[2]))
                }
            }
        }
    }
}
