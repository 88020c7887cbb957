import Foundation
import GRDB
import PaymentValues
package import Payouts

/// Records approvals and rejections of a batch by people who did not make it.
extension Ledger {
    /// Checks that a person may approve a batch now, and that the stated totals are right.
    ///
    /// - Parameter corrections: the number of corrections of the batch that the person has seen. `nil` if the person did
    ///   not state it.
    /// - Throws: ``LedgerError/otherTotals(batch:stated:actual:)``, ``LedgerError/approverIsMaker(who:made:)``,
    ///   ``LedgerError/wasRejected(_:by:)``, ``LedgerError/correctionsNotKnown(_:count:)``
    package func demandApprovable(
        _ batch: BatchID, as totals: ControlTotals, knowing corrections: Int?
    ) throws(LedgerError) {
        try read { db in try demandApprovable(batch, as: totals, knowing: corrections, db) }
    }

    private func demandApprovable(
        _ batch: BatchID, as totals: ControlTotals, knowing corrections: Int?, _ db: Database
    ) throws {
        let record = try batchRecord(batch, in: db)
        let current = try statement(of: batch, in: db).toPay
        guard totals == current else {
            throw LedgerError.otherTotals(batch: record.reference, stated: totals, actual: current)
        }
        if RecordedPerson(who).isSame(as: record.importedBy) {
            throw LedgerError.approverIsMaker(who: who, made: "imported")
        }
        let correctors = try String.fetchAll(
            db, sql: "SELECT DISTINCT who FROM correction WHERE batchID = ?", arguments: [batch.number])
        if correctors.contains(where: RecordedPerson(who).isSame) {
            throw LedgerError.approverIsMaker(who: who, made: "corrected")
        }
        if let rejection = try Self.rejection(of: batch, db) {
            throw LedgerError.wasRejected(record.reference, by: rejection.who)
        }
        // A correction may change a card and keep the totals.
        guard let corrections else { return }
        let count = try Self.correctionCount(of: batch, in: db)
        guard corrections == count else { throw LedgerError.correctionsNotKnown(record.reference, count: count) }
    }

    /// Approves a batch, bound to its file and its control totals. A later correction voids the approval.
    ///
    /// - Parameters:
    ///   - totals: the totals that the approver stated.
    ///   - corrections: the number of corrections of the batch that the approver knows, if stated.
    ///   - confirmation: the second factor that the approver gave.
    /// - Throws: the errors of ``demandApprovable(_:as:knowing:)``
    package func approve(
        _ batch: BatchID, as totals: ControlTotals, knowing corrections: Int? = nil,
        confirmedBy confirmation: EventCause.Confirmation? = nil
    ) throws(LedgerError) {
        try write { db in
            try demandApprovable(batch, as: totals, knowing: corrections, db)
            let at = timestamp()
            let row: Row = [
                "at": at, "who": who, "batchID": batch.number,
                "fileSHA256": try batchRecord(batch, in: db).digest.hex, "rows": totals.rows,
                "sumTiyin": totals.sum.count, "lastCorrection": try lastCorrection(in: batch, db),
            ]
            let signature = seal.records.sign(approval: row)
            try db.execute(
                sql: """
                    INSERT INTO approval (at, who, batchID, fileSHA256, rows, sumTiyin, lastCorrection, signature)
                    VALUES (:at, :who, :batchID, :fileSHA256, :rows, :sumTiyin, :lastCorrection, :signature)
                    """,
                arguments: StatementArguments(Dictionary(row, uniquingKeysWith: { $1 }) as [String: DatabaseValue])
                    + ["signature": signature])
            try self.record(
                Event(batch: batch, why: .approved(totals, confirmation), evidence: signature), at: at, in: db)
        }
    }

    /// Records that a person rejected a batch. This voids its approvals. After that, only a correction makes new
    /// approvals possible.
    ///
    /// - Throws: ``LedgerError/nothingToReject(_:)`` if nothing of the batch waits to be sent.
    package func reject(_ batch: BatchID, note: String) throws(LedgerError) {
        try write { db in
            let record = try batchRecord(batch, in: db)
            if let rejection = try Self.rejection(of: batch, db) {
                throw LedgerError.wasRejected(record.reference, by: rejection.who)
            }
            guard try statement(of: batch, in: db).notSent.rows > 0 else {
                throw LedgerError.nothingToReject(record.reference)
            }
            try reject(batch, note: maskingTrueCardNumbers(in: note), db)
        }
    }

    private func reject(_ batch: BatchID, note: String, _ db: Database) throws {
        try self.record(Event(batch: batch, why: .rejected(note: note)), at: timestamp(), in: db)
        self.note(
            .rejected(try tag(of: batch, in: db), corrections: try Self.correctionCount(of: batch, in: db)))
    }

    /// Rejects a batch again in a ledger that was set back. A later correction made new approvals possible.
    ///
    /// - Parameter corrections: the number of corrections at the rejection.
    func rejectAgain(_ batch: BatchID, after corrections: Int, _ db: Database) throws {
        guard try Self.rejection(of: batch, db) == nil,
            try Self.correctionCount(of: batch, in: db) <= corrections
        else { return }
        try reject(batch, note: "rejected before the ledger was set back", db)
    }

    /// Records that a person confirmed a run with a second factor.
    package func confirmSending(
        of batch: BatchID, _ totals: ControlTotals, by confirmation: EventCause.Confirmation
    ) throws(LedgerError) {
        try write { db in
            try record(
                Event(batch: batch, why: .sendingConfirmed(totals, confirmation)), at: timestamp(), in: db)
        }
    }

    /// Returns the people who approved the batch in its present form, without duplicates.
    package func approvers(of batch: BatchID) throws(LedgerError) -> [String] {
        try read { db in try approvers(of: batch, in: db) }
    }

    /// Returns the state of a batch's approval.
    func approval(of record: BatchRecord, needed: Int, in db: Database) throws -> BatchStatement.Approval {
        if let rejection = try Self.rejection(of: record.id, db), case .rejected(let note) = rejection.why {
            return .rejected(by: rejection.who, note: note)
        }
        let approvers = try approvers(of: record.id, in: db)
        if !approvers.isEmpty, approvers.count >= needed { return .given(by: approvers) }
        return needed == 0 ? .notNeeded : .missing(after: approvers)
    }

    /// Returns the number of people who must approve the batch. The import recorded it.
    func approvalsNeeded(for record: BatchRecord, in db: Database) throws -> Int {
        guard record.needsApproval else { return 0 }
        guard case .approvalsNeeded(let count)? = try Self.latest(.approvalsNeeded, of: record.id, db)?.why else { return 1 }
        return max(count, 1)
    }

    /// Returns the approvers. An approval does not count if its signature is wrong or its totals differ.
    private func approvers(of batch: BatchID, in db: Database) throws -> [String] {
        let record = try batchRecord(batch, in: db)
        let toPay = try record.totals.sum.adding(corrections(in: batch, db).change)
        let approvals = try Row.fetchAll(
            db,
            sql: """
                SELECT * FROM approval WHERE batchID = ? AND fileSHA256 = ? AND lastCorrection = ?
                    AND rows = ? AND sumTiyin = ?
                ORDER BY id
                """,
            arguments: [
                batch.number, record.digest.hex, try lastCorrection(in: batch, db), record.totals.rows, toPay.count,
            ]
        ).filter { seal.records.sign(approval: $0) == ($0["signature"] as Data?) }
        return approvals.reduce(into: []) { people, row in
            let who: String = row["who"]
            if !people.contains(where: RecordedPerson(who).isSame) { people.append(who) }
        }
    }

    /// Returns the rejection of the batch. Returns `nil` if the batch was corrected since then.
    static func rejection(of batch: BatchID, _ db: Database) throws -> RecordedEvent? {
        guard let rejection = try latest(.rejected, of: batch, db) else { return nil }
        let correction = try latest(.corrected, of: batch, db)
        return rejection.number > correction?.number ?? 0 ? rejection : nil
    }

    private static func latest(_ kind: EventKind, of batch: BatchID, _ db: Database) throws -> RecordedEvent? {
        try Row.fetchOne(
            db,
            sql: """
                SELECT * FROM event INDEXED BY eventByKind
                WHERE batchID = ? AND kind <> 'claimed' AND kind <> 'settled' AND kind = ? ORDER BY id DESC LIMIT 1
                """, arguments: [batch.number, kind.rawValue]
        ).map { try RecordedEvent($0) }
    }

    static func correctionCount(of batch: BatchID, in db: Database) throws -> Int {
        try Int.fetchOne(db, sql: "SELECT count(*) FROM correction WHERE batchID = ?", arguments: [batch.number]) ?? 0
    }

    private func lastCorrection(in batch: BatchID, _ db: Database) throws -> Int64 {
        try Int64.fetchOne(db, sql: "SELECT max(id) FROM correction WHERE batchID = ?", arguments: [batch.number]) ?? 0
    }
}
