import Foundation
import GRDB
package import Payouts

extension Ledger {
    package func batches() throws(LedgerError) -> [BatchRecord] {
        try read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM batch ORDER BY id DESC").map { try BatchRecord($0) }
        }
    }

    /// Finds a batch by its name, in whichever Unicode form the name is stored and given.
    ///
    /// - Throws: ``LedgerError/noSuchBatch(_:)``
    package func batch(named name: String) throws(LedgerError) -> BatchRecord {
        try read { db in
            guard let stored = try storedName(of: name, in: db),
                let row = try Row.fetchOne(db, sql: "SELECT * FROM batch WHERE reference = ?", arguments: [stored])
            else {
                throw LedgerError.noSuchBatch(name)
            }
            return try BatchRecord(row)
        }
    }

    /// Looks a name up: first byte by byte, as SQLite compares, then letter by letter, as Swift does. Earlier versions
    /// stored names in the form in which they came.
    func storedName(of name: String, in db: Database) throws -> String? {
        if let exact = try String.fetchOne(
            db, sql: "SELECT reference FROM batch WHERE reference = ?", arguments: [name])
        {
            return exact
        }
        return try String.fetchAll(db, sql: "SELECT reference FROM batch ORDER BY id").first { $0 == name }
    }

    /// The batches made of the very same file, oldest first.
    package func batches(of digest: FileDigest) throws(LedgerError) -> [BatchRecord] {
        try read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM batch WHERE fileSHA256 = ? ORDER BY id", arguments: [digest.hex])
                .map { try BatchRecord($0) }
        }
    }

    /// Ties a batch to the bank that it is sent to, before its first claim: another bank would know nothing of its ids.
    ///
    /// - Parameters:
    ///   - bank: as ``BankIdentity/recorded`` says it.
    ///   - isMoved: a person's word that it is the same bank at a new address.
    /// - Returns: the sender's name that every request of the batch carries.
    /// - Throws: ``LedgerError/boundToAnotherBank(batch:bound:asked:)``
    package func bind(
        _ batch: BatchRecord, to bank: String, senderName: String, isMoved: Bool
    ) throws(LedgerError) -> String {
        try write { db in
            try signedRecord(of: batch.id, db)
            // Read here and not taken from `batch`: another process may have bound it since.
            let now = try Row.fetchOne(
                db, sql: "SELECT bank, senderName FROM batch WHERE id = ?", arguments: [batch.id.number]
            ).orDamaged("a batch is gone")
            let bound: String? = now["bank"]
            let known: String? = now["senderName"]
            let name = known ?? senderName
            if let bound {
                let (old, new) = (BankIdentity(recorded: bound), BankIdentity(recorded: bank))
                if old == new { return name }
                guard isMoved, old.canMove(to: new) else {
                    throw LedgerError.boundToAnotherBank(batch: batch.reference, bound: bound, asked: bank)
                }
            }
            try db.execute(
                sql: "UPDATE batch SET bank = ?, senderName = ? WHERE id = ?", arguments: [bank, name, batch.id.number])
            try sign(batch.id, db)
            let why = bound.map { EventCause.bankMoved(from: $0, to: bank) } ?? .bound(to: bank)
            try record(
                Event(
                    batch: batch.id, why: why, evidence: seal.records.evidence(bank: bank, senderName: name)),
                at: timestamp(), in: db)
            return name
        }
    }

    /// Puts on the record that the bank is to be asked about each row of the batch before it is sent, by this run and by
    /// those that go on after it.
    package func askFirst(about batch: BatchID) throws(LedgerError) {
        try write { db in try askFirst(about: batch, db) }
    }

    func askFirst(about batch: BatchID, _ db: Database) throws {
        try signedRecord(of: batch, db)
        try db.execute(
            sql: "UPDATE batch SET asksFirst = 1 WHERE id = ? AND asksFirst = 0", arguments: [batch.number])
        guard db.changesCount == 1 else { return }
        try sign(batch, db)
        note(.asksFirst(try tag(of: batch, in: db)))
        try record(Event(batch: batch, why: .asksFirst), at: timestamp(), in: db)
    }

    /// Signs a batch as it is now.
    ///
    /// - Returns: its columns.
    @discardableResult
    func sign(_ batch: BatchID, _ db: Database) throws -> Row {
        let row = try Row.fetchOne(db, sql: "SELECT * FROM batch WHERE id = ?", arguments: [batch.number])
            .orDamaged("a batch is gone")
        try db.execute(
            sql: "UPDATE batch SET signature = ? WHERE id = ?",
            arguments: [seal.records.sign(batch: row), batch.number])
        return row
    }

    /// Puts on the record that the warnings of a batch were accepted: of which kinds, and how many.
    package func acceptWarnings(of batch: BatchRecord) throws(LedgerError) {
        try write { db in
            try signedRecord(of: batch.id, db)
            try db.execute(
                sql: "UPDATE batch SET acceptedBy = ? WHERE id = ? AND acceptedBy IS NULL",
                arguments: [who, batch.id.number])
            guard db.changesCount == 1 else { return }
            try sign(batch.id, db)
            let accepted = EventCause.Warnings(
                count: batch.unacceptedWarnings, kinds: try warnings(of: batch.id, in: db))
            try record(Event(batch: batch.id, why: .warningsAccepted(accepted)), at: timestamp(), in: db)
        }
    }

    func warnings(of batch: BatchID, in db: Database) throws -> [WarningKind: Int] {
        try Row.fetchAll(db, sql: "SELECT kind, count FROM warning WHERE batchID = ?", arguments: [batch.number])
            .reduce(into: [:]) { counts, row in
                counts[try WarningKind(rawValue: row[0]).orDamaged("a kind of warning cannot be read")] = row[1]
            }
    }

    /// Sets, or with `nil` lifts, the reason why nothing more of the batch is sent.
    package func setPause(_ reason: Reason?, on batch: BatchID) throws(LedgerError) {
        try write { db in
            let hasPause = try String.fetchOne(
                db, sql: "SELECT pauseCode FROM batch WHERE id = ?", arguments: [batch.number])
            guard hasPause != nil || reason != nil else { return }
            try db.execute(
                sql: "UPDATE batch SET pauseCode = ?, pauseText = ? WHERE id = ?",
                arguments: [reason?.code.rawValue, reason?.bankText, batch.number])
            let why = reason.map { EventCause.paused($0.code) } ?? .resumed
            try record(Event(batch: batch, why: why), at: timestamp(), in: db)
        }
    }
}
