import Foundation
import GRDB
package import Payouts

extension Ledger {
    package func batches() throws(LedgerError) -> [BatchRecord] {
        try read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM batch ORDER BY id DESC").map { try BatchRecord($0) }
        }
    }

    /// Returns the batches that are bound to a bank and that were run from a given place, oldest first.
    ///
    /// - Parameter place: the end of the name of the person who started the run, for example `@inbox`.
    package func batchesRun(at place: String) throws(LedgerError) -> [BatchRecord] {
        try read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT * FROM batch WHERE bank IS NOT NULL AND EXISTS (
                        SELECT 1 FROM event WHERE batchID = batch.id AND kind = 'runStarted'
                            AND substr(who, -length(:place)) = :place)
                    ORDER BY id
                    """,
                arguments: ["place": place]
            ).map { try BatchRecord($0) }
        }
    }

    /// Finds a batch by its name, in any Unicode form.
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

    /// Looks up a name. It first compares bytes, as SQLite does, and then canonical equivalence, as Swift does. Earlier
    /// versions stored names in the Unicode form in which they were given.
    func storedName(of name: String, in db: Database) throws -> String? {
        if let exact = try String.fetchOne(
            db, sql: "SELECT reference FROM batch WHERE reference = ?", arguments: [name])
        {
            return exact
        }
        return try String.fetchAll(db, sql: "SELECT reference FROM batch ORDER BY id").first { $0 == name }
    }

    /// Returns the batches of exactly the same file, oldest first.
    package func batches(of digest: FileDigest) throws(LedgerError) -> [BatchRecord] {
        try read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM batch WHERE fileSHA256 = ? ORDER BY id", arguments: [digest.hex])
                .map { try BatchRecord($0) }
        }
    }

    /// Binds a batch to its bank before the first claim. Another bank would not know the batch's ids.
    ///
    /// - Parameters:
    ///   - bank: the bank as ``BankIdentity/recorded``.
    ///   - isMoved: whether a person confirmed that this is the same bank at a new address.
    /// - Returns: the sender's name that every request of the batch carries.
    /// - Throws: ``LedgerError/boundToAnotherBank(batch:bound:asked:)``
    package func bind(
        _ batch: BatchRecord, to bank: String, senderName: String, isMoved: Bool
    ) throws(LedgerError) -> String {
        try write { db in
            try signedRecord(of: batch.id, db)
            // Read the bank again instead of using `batch`: another process may have bound the batch meanwhile.
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

    /// Records that the program must ask the bank about each row of the batch before it sends the row. This holds for
    /// all later runs too.
    package func askFirst(about batch: BatchID) throws(LedgerError) {
        try write { db in try askFirst(about: batch, db) }
    }

    /// Returns whether the bank is asked about each row of the batch before the row is sent.
    package func asksFirst(about batch: BatchID) throws(LedgerError) -> Bool {
        try read { db in try batchRecord(batch, in: db).asksFirst }
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

    /// Signs the current batch.
    ///
    /// - Returns: the columns of the batch.
    @discardableResult
    func sign(_ batch: BatchID, _ db: Database) throws -> Row {
        let row = try Row.fetchOne(db, sql: "SELECT * FROM batch WHERE id = ?", arguments: [batch.number])
            .orDamaged("a batch is gone")
        try db.execute(
            sql: "UPDATE batch SET signature = ? WHERE id = ?",
            arguments: [seal.records.sign(batch: row), batch.number])
        return row
    }

    /// Records that the warnings of a batch were accepted, with their kinds and counts.
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

    /// Returns the warnings of a batch by kind, or none after somebody has accepted them.
    package func unacceptedWarnings(of batch: BatchRecord) throws(LedgerError) -> [WarningKind: Int] {
        guard batch.unacceptedWarnings > 0 else { return [:] }
        return try read { db in try warnings(of: batch.id, in: db) }
    }

    func warnings(of batch: BatchID, in db: Database) throws -> [WarningKind: Int] {
        try Row.fetchAll(db, sql: "SELECT kind, count FROM warning WHERE batchID = ?", arguments: [batch.number])
            .reduce(into: [:]) { counts, row in
                counts[try WarningKind(rawValue: row[0]).orDamaged("a kind of warning cannot be read")] = row[1]
            }
    }

    /// Sets the reason why the batch is paused. `nil` ends the pause.
    package func setPause(_ reason: Reason?, on batch: BatchID) throws(LedgerError) {
        try write { db in
            guard try setPause(reason, on: batch, db) else { return }
            try record(
                Event(batch: batch, why: reason.map { .paused($0.code) } ?? .resumed), at: timestamp(), in: db)
        }
    }

    /// Ends the pause of a batch.
    /// - Returns: `false` if the batch was not paused.
    @discardableResult
    private func setPause(_ reason: Reason?, on batch: BatchID, _ db: Database) throws -> Bool {
        try db.execute(
            sql: "UPDATE batch SET pauseCode = ?, pauseText = ? WHERE id = ? AND (pauseCode IS NOT NULL OR ?)",
            arguments: [reason?.code.rawValue, reason?.bankText, batch.number, reason != nil])
        return db.changesCount > 0
    }

    /// Records that a run starts, and clears the pause of an earlier run.
    package func beginRun(of batch: BatchID) throws(LedgerError) {
        try write { db in
            try setPause(nil, on: batch, db)
            try record(Event(batch: batch, why: .runStarted), at: timestamp(), in: db)
        }
    }

    /// Records how a run ended. If the run stopped early, it pauses the batch.
    ///
    /// - Parameter pause: the reason why the run stopped before it sent every row.
    package func endRun(of batch: BatchID, pause: Reason? = nil) throws(LedgerError) {
        try write { db in
            if let pause { try setPause(pause, on: batch, db) }
            let end = pause.map { EventCause.RunEnd.paused($0.code) } ?? .finished
            try record(Event(batch: batch, why: .runEnded(end)), at: timestamp(), in: db)
        }
    }

    /// Records that a run did not reach its bank, or that the bank refused the login.
    ///
    /// - Parameter isRefused: whether the bank refused the login. Then the batch is paused.
    package func recordRun(of batch: BatchID, turnedAwayFor reason: Reason, isRefused: Bool) throws(LedgerError) {
        try write { db in
            let at = timestamp()
            if isRefused { try setPause(reason, on: batch, db) }
            try record(Event(batch: batch, why: .runStarted), at: at, in: db)
            let end = isRefused ? EventCause.RunEnd.paused(reason.code) : .bankUnreachable(reason.code)
            try record(Event(batch: batch, why: .runEnded(end)), at: at, in: db)
        }
    }

    /// Records that the bank was asked about rows of a batch. It records nothing if there were no questions.
    package func record(_ questions: EventCause.Questions, of batch: BatchID) throws(LedgerError) {
        guard questions.asked > 0 else { return }
        try write { db in
            try record(Event(batch: batch, why: .bankAsked(questions)), at: timestamp(), in: db)
        }
    }
}
