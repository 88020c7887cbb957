import Foundation
import GRDB
package import PaymentValues
package import Payouts

/// Records people's actions on single rows.
extension Ledger {
    /// Records a person's finding about a row that is unknown or in dispute.
    ///
    /// - Throws: ``LedgerError/noSuchRow(_:)``, ``LedgerError/nothingToDecide(row:state:)``
    package func decide(
        row: Int, of batch: BatchID, isPaid: Bool, evidence: RowVerdict.Evidence? = nil, note: String
    ) throws(LedgerError) {
        try write { db in
            let (attempt, state) = try attempt(ofRow: row, in: batch, for: isPaid ? .paid : .notPaid, db)
            try apply(
                .decided(isPaid: isPaid, note: "\(who): \(note)"), to: attempt, from: state,
                why: .decided(note: maskingTrueCardNumbers(in: note), evidence: evidence), in: db)
        }
    }

    /// Withdraws a row that must not be paid. A row that was sent and may be paid cannot be withdrawn.
    ///
    /// - Throws: ``LedgerError/noSuchRow(_:)``, ``LedgerError/mayBePaid(row:)``,
    ///   ``LedgerError/mayHaveBeenSentAgain(row:)``, ``LedgerError/notToWithdraw(row:state:)``
    package func withdraw(row: Int, of batch: BatchID, note: String) throws(LedgerError) {
        try write { db in
            let (attempt, state) = try attempt(ofRow: row, in: batch, for: .withdrawn, db)
            try apply(
                .withdrawn(note: "\(who): \(note)"), to: attempt, from: state,
                why: .withdrawn(note: maskingTrueCardNumbers(in: note)), in: db)
        }
    }

    /// Records a verdict that counts only after another person gives the same one.
    ///
    /// - Throws: the errors of ``decide(row:of:isPaid:evidence:note:)`` and ``withdraw(row:of:note:)``
    package func propose(_ verdict: RowVerdict, row: Int, of batch: BatchID) throws(LedgerError) {
        try write { db in
            let (attempt, _) = try attempt(ofRow: row, in: batch, for: verdict.outcome, db)
            let note = maskingTrueCardNumbers(in: verdict.note)
            try record(
                Event(
                    batch: batch, row: row, id: attempt.id,
                    why: .verdictProposed(RowVerdict(verdict.outcome, evidence: verdict.evidence, note: note))),
                at: timestamp(), in: db)
        }
    }

    /// Returns the latest proposed verdict on a row. Returns `nil` if the row has changed since then.
    package func proposal(ofRow row: Int, in batch: BatchID) throws(LedgerError) -> (who: String, verdict: RowVerdict)?
    {
        try read { db in try Self.proposal(ofRow: row, in: batch, db) }
    }

    static func proposal(
        ofRow row: Int, in batch: BatchID, _ db: Database
    ) throws -> (who: String, verdict: RowVerdict)? {
        let latest = try Row.fetchOne(
            db,
            sql: """
                SELECT * FROM event WHERE batchID = ? AND row = ? AND (kind = ? OR toState IS NOT NULL)
                ORDER BY id DESC LIMIT 1
                """, arguments: [batch.number, row, EventKind.verdictProposed.rawValue]
        ).map { try RecordedEvent($0) }
        guard let latest, case .verdictProposed(let verdict) = latest.why else { return nil }
        return (latest.who, verdict)
    }

    /// Returns the attempt that a verdict is about.
    ///
    /// - Throws: ``LedgerError/noSuchRow(_:)``, ``LedgerError/nothingToDecide(row:state:)``,
    ///   ``LedgerError/mayBePaid(row:)``, ``LedgerError/mayHaveBeenSentAgain(row:)``,
    ///   ``LedgerError/notToWithdraw(row:state:)``
    private func attempt(
        ofRow row: Int, in batch: BatchID, for outcome: RowVerdict.Outcome, _ db: Database
    ) throws -> (AttemptKey, from: PayoutState) {
        let (attempt, state, isDoubtful) = try latestAttempt(ofRow: row, in: batch, db)
        guard outcome == .withdrawn else {
            guard state == .unknown || state == .review else {
                throw LedgerError.nothingToDecide(row: row, state: state)
            }
            return (attempt, state)
        }
        guard state == .queued || state == .refused else { throw LedgerError.notToWithdraw(row: row, state: state) }
        // In a rebuilt ledger, the bank may know sends that it has not been asked about yet.
        let asksFirst = try batchRecord(batch, in: db).asksFirst
        if state == .queued, isDoubtful || asksFirst { throw LedgerError.mayBePaid(row: row) }
        if asksFirst { throw LedgerError.mayHaveBeenSentAgain(row: row) }
        return (attempt, state)
    }

    /// Checks that a person can give a verdict on a row now.
    ///
    /// - Throws: the errors of ``propose(_:row:of:)``
    package func demandOpen(_ outcome: RowVerdict.Outcome, row: Int, of batch: BatchID) throws(LedgerError) {
        try read { db in _ = try attempt(ofRow: row, in: batch, for: outcome, db) }
    }

    /// Withdraws every row of a batch that nobody has started.
    ///
    /// - Throws: ``LedgerError/alreadyStarted(_:)`` if a row was sent, or may have been.
    package func cancel(_ batch: BatchID, note: String) throws(LedgerError) {
        try write { db in
            let record = try signedRecord(of: batch, db)
            let isStarted = try Bool.fetchOne(
                db,
                sql: """
                    SELECT EXISTS (SELECT 1 FROM payout JOIN attempt ON attempt.batchID = payout.batchID
                        AND attempt.row = payout.row
                    WHERE payout.batchID = ? AND (payout.state NOT IN ('queued', 'withdrawn') OR attempt.sends > 0
                        OR attempt.isDoubtful OR attempt.number > 1))
                    """, arguments: [batch.number])
            // In a rebuilt ledger, the bank may know rows that it has not been asked about yet.
            guard isStarted == false, !record.asksFirst else { throw LedgerError.alreadyStarted(record.reference) }
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT attempt.row, attempt.agentTranID FROM payout JOIN attempt
                        ON attempt.batchID = payout.batchID AND attempt.row = payout.row
                    WHERE payout.batchID = ? AND payout.state = 'queued' ORDER BY attempt.row
                    """, arguments: [batch.number])
            guard !rows.isEmpty else { throw LedgerError.alreadyStarted(record.reference) }
            let note = maskingTrueCardNumbers(in: note)
            try self.record(Event(batch: batch, why: .cancelled(note: note)), at: timestamp(), in: db)
            for row in rows {
                try apply(
                    .withdrawn(note: "\(who): \(note)"), to: AttemptKey(row, in: batch), from: .queued,
                    why: .withdrawn(note: note), in: db)
            }
        }
    }

    private func latestAttempt(
        ofRow row: Int, in batch: BatchID, _ db: Database
    ) throws -> (attempt: AttemptKey, state: PayoutState, isDoubtful: Bool) {
        let found = try Row.fetchOne(
            db,
            sql: """
                SELECT payout.row, payout.state, attempt.agentTranID, attempt.isDoubtful FROM payout
                JOIN attempt ON attempt.batchID = payout.batchID AND attempt.row = payout.row
                WHERE payout.batchID = ? AND payout.row = ? ORDER BY attempt.number DESC LIMIT 1
                """,
            arguments: [batch.number, row])
        guard let found else { throw LedgerError.noSuchRow(row) }
        let state = try PayoutState(rawValue: found["state"]).orDamaged("a state cannot be read")
        return (try AttemptKey(found, in: batch), state, found["isDoubtful"])
    }
}

extension Ledger {
    /// Returns the refused rows in the file's order, each with its latest attempt.
    package func refused(in batch: BatchID) throws(LedgerError) -> [RefusedPayout] {
        try read { db in
            try Row.fetchAll(db, sql: Self.latestAttempts, arguments: [batch.number, PayoutState.refused.rawValue]).map
            {
                row in
                let attempt = try AttemptKey(row, in: batch)
                let past = try signedPast(of: attempt, in: .refused, db)
                return RefusedPayout(
                    attempt: attempt, amount: Tiyin(row["amountTiyin"]), reason: Reason(row),
                    isDoubtful: row["isDoubtful"] || past.isDoubtful,
                    lastSentAt: (row["lastSentAt"] as Int64?).map(Date.init(milliseconds:)),
                    quietSince: past.quietSince(storedIn: row, at: timestamp()).map(Date.init(milliseconds:)))
            }
        }
    }

    /// Returns the rows that the bank paid and did not reverse, according to the ledger.
    package func paid(in batch: BatchID) throws(LedgerError) -> [(attempt: AttemptKey, amount: Tiyin)] {
        try read { db in
            try Row.fetchAll(db, sql: Self.latestAttempts, arguments: [batch.number, PayoutState.paid.rawValue])
                .filter { Reason($0) == nil }
                .map { (try AttemptKey($0, in: batch), Tiyin($0["amountTiyin"])) }
        }
    }

    /// Finds the latest attempts. It uses the index of states, for the reason given at ``liveByState``.
    private static let latestAttempts = """
        SELECT payout.*, attempt.agentTranID, attempt.isDoubtful, attempt.lastSentAt, attempt.quietSince
        FROM payout INDEXED BY payoutByState JOIN attempt ON attempt.batchID = payout.batchID AND attempt.row = payout.row
            AND attempt.number =
                (SELECT max(number) FROM attempt AS last WHERE last.batchID = payout.batchID AND last.row = payout.row)
        WHERE payout.batchID = ? AND payout.state = ?
        ORDER BY payout.row
        """
}

extension AttemptKey {
    init(_ row: Row, in batch: BatchID) throws {
        self.init(
            batch: batch, row: row["row"],
            id: try AgentTransactionID(stored: row["agentTranID"]))
    }
}

extension CommitQueue {
    /// Records that the bank reversed a paid row. The row stays paid: history is not rewritten, and an employee looks
    /// into it.
    package func noteReversal(_ attempt: AttemptKey, _ reason: Reason) async throws(LedgerError) {
        try await commit { [ledger] db in
            try db.execute(
                sql: """
                    UPDATE payout SET reasonCode = ?, httpStatus = ?, bankText = ?, changedAt = ?
                    WHERE batchID = ? AND row = ? AND state = 'paid'
                    """,
                arguments: [
                    reason.code.rawValue, reason.httpStatus, reason.bankText, ledger.timestamp(),
                    attempt.batch.number, attempt.row,
                ])
            try ledger.record(
                Event(
                    batch: attempt.batch, row: attempt.row, id: attempt.id, why: .reversed,
                    evidence: ledger.seal.records.evidence(
                        code: reason.code.rawValue, httpStatus: reason.httpStatus.map(Int64.init),
                        bankText: reason.bankText)),
                at: ledger.timestamp(), in: db)
        }
    }
}
