package import Foundation
import GRDB
package import PaymentValues
package import Payouts

extension Ledger {
    /// Finds payouts by batch and state, each with its live attempt. The live attempt is the one that is not refused.
    ///
    /// The hints force the query plan that reads only the requested rows. `INDEXED BY` names the index, `CROSS` fixes
    /// the order of the tables, and `+` finds each attempt by its row alone. SQLite has no statistics on states.
    /// Without the hints it would read a batch from its first row, or the attempts before the payouts.
    static let liveByState = """
        payout INDEXED BY payoutByState CROSS JOIN attempt
            ON attempt.batchID = payout.batchID AND attempt.row = +payout.row AND attempt.verdict <> 'refused'
        """

    /// Returns the next queued rows, in the file's order.
    package func queued(in batch: BatchID, after row: Int, limit: Int) throws(LedgerError) -> [QueuedPayout] {
        try read { db in
            let rows = try Row.fetchCursor(
                db.cachedStatement(
                    sql: """
                        SELECT payout.row, account, bankCode, sealedCard, amountTiyin, agentTranID, isDoubtful
                        FROM \(Self.liveByState)
                        WHERE payout.batchID = ? AND payout.state = 'queued' AND payout.row > ?
                        ORDER BY payout.row LIMIT ?
                        """),
                arguments: [batch.number, row, limit])
            var queued: [QueuedPayout] = []
            while let row = try rows.next() {
                let id = try AgentTransactionID(stored: row[5])
                queued.append(
                    QueuedPayout(
                        attempt: AttemptKey(batch: batch, row: row[0], id: id), account: try SettlementAccount(row[1]),
                        bankCode: try BankCode(row[2]), sealedCard: row[3], amount: Tiyin(row[4]), isDoubtful: row[6]))
            }
            return queued
        }
    }

    /// Returns the request for a queued row, with its card decrypted.
    ///
    /// - Throws: ``LedgerError/cardDoesNotOpen(row:)``
    package func opened(
        _ payout: QueuedPayout, of batch: BatchRecord, senderName: String
    ) throws(LedgerError) -> PendingPayout {
        let row = payout.attempt.row
        let binding = CardSeal.Binding(
            batch.key(ofRow: row), account: payout.account, bankCode: payout.bankCode, amount: payout.amount,
            id: payout.attempt.id)
        guard let (card, expiry) = payout.sealedCard.flatMap({ seal.open($0, boundTo: binding) }) else {
            throw .cardDoesNotOpen(row: row)
        }
        let order = PayoutOrder(
            id: payout.attempt.id, senderName: senderName, account: payout.account, bankCode: payout.bankCode,
            card: card, expiry: expiry, amount: payout.amount)
        return PendingPayout(attempt: payout.attempt, order: order, isDoubtful: payout.isDoubtful)
    }

    /// Returns every unknown payout of the batch. The payout with the oldest query comes first.
    package func unknowns(in batch: BatchID) throws(LedgerError) -> [UnknownPayout] {
        try read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT payout.*, attempt.* FROM \(Self.liveByState)
                    WHERE payout.batchID = ? AND payout.state = 'unknown'
                    ORDER BY coalesce(attempt.lastAskedAt, 0), payout.row
                    """,
                arguments: [batch.number]
            ).map { row in
                let attempt = try AttemptKey(row, in: batch)
                let past = try signedPast(of: attempt, in: .unknown, db)
                return UnknownPayout(
                    attempt: attempt, amount: Tiyin(row["amountTiyin"]),
                    reason: Reason(row), lastSentAt: (row["lastSentAt"] as Int64?).map(Date.init(milliseconds:)),
                    quietSince: past.quietSince(storedIn: row, at: timestamp()).map(Date.init(milliseconds:)),
                    lastAskedAt: (row["lastAskedAt"] as Int64?).map(Date.init(milliseconds:)),
                    notFoundCount: row["notFoundCount"])
            }
        }
    }

    /// Takes over after a program that died. It makes the write-ahead log durable. Every row that the program had
    /// claimed becomes unknown, because it may have been sent. Only the holder of the ``RunnerLock`` may call this.
    ///
    /// - Returns: the number of these rows.
    package func takeOver() throws(LedgerError) -> Int {
        try secureJournal()
        return try write { db in
            // Name the batches, because the index of states begins with the batch.
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT payout.batchID, payout.row, attempt.agentTranID FROM \(Self.liveByState)
                    WHERE payout.batchID IN (SELECT id FROM batch) AND payout.state = 'sending'
                    """)
            for row in rows {
                let attempt = try AttemptKey(row, in: BatchID(number: row["batchID"]))
                try apply(.unknown(Reason(.interrupted)), to: attempt, from: .sending, in: db)
            }
            return rows.count
        }
    }
}

extension CommitQueue {
    /// Claims a queued payout. Returns `false` if the row is no longer queued because another process withdrew it.
    package func claim(_ payout: PendingPayout) async throws(LedgerError) -> Bool {
        try await commit { [ledger] db in try ledger.claim(payout, in: db) }
    }

    /// Records the verdict of a send.
    package func settle(
        _ attempt: AttemptKey, from state: PayoutState = .sending, as transition: Transition, why: EventCause? = nil
    ) async throws(LedgerError) {
        try await commit { [ledger] db in
            try ledger.apply(transition, to: attempt, from: state, why: why, in: db)
        }
    }

    /// One step of several that are committed together or not at all.
    package struct Step: Sendable {
        let attempt: AttemptKey
        let from: PayoutState
        let transition: Transition
        let why: EventCause

        package init(_ attempt: AttemptKey, from: PayoutState, as transition: Transition, why: EventCause) {
            self.attempt = attempt
            self.from = from
            self.transition = transition
            self.why = why
        }
    }

    /// Makes several changes of one row in one commit, so that a crash cannot separate them. Only the first step can
    /// find that another process changed the row. In that case nothing is written.
    package func settle(_ steps: [Step]) async throws(LedgerError) {
        try await commit { [ledger] db in
            for (number, step) in steps.enumerated() {
                do {
                    try ledger.apply(step.transition, to: step.attempt, from: step.from, why: step.why, in: db)
                } catch let error as LedgerError where number > 0 {
                    // The first step is already written, so roll back the whole group.
                    throw DatabaseError(resultCode: .SQLITE_ABORT, message: error.description)
                }
            }
        }
    }

    /// Records the verdict of one send and claims the next payout in the same commit. So a slot waits for the disk once
    /// per row. The verdict is recorded even if the claim fails.
    package func settle(
        _ attempt: AttemptKey, as transition: Transition, claiming next: PendingPayout
    ) async throws(LedgerError) -> Result<Bool, LedgerError> {
        try await commit { [ledger] db in
            try ledger.apply(transition, to: attempt, from: .sending, in: db)
            do {
                return .success(try ledger.claim(next, in: db))
            } catch let error as LedgerError {
                return .failure(error)
            }
        }
    }

    /// Makes a row unknown that the bank refused, or that waits to be sent again. Leaves every other row as it is.
    ///
    /// - Returns: the changed row and the state that it had, or `nil`.
    package func doubt(
        _ id: AgentTransactionID, in batch: BatchID, because reason: Reason
    ) async throws(LedgerError) -> (attempt: AttemptKey, amount: Tiyin, state: PayoutState)? {
        try await commit { [ledger] db in
            let found = try Row.fetchOne(
                db,
                sql: """
                    SELECT payout.row, agentTranID, state, amountTiyin FROM attempt
                    JOIN payout ON payout.batchID = attempt.batchID AND payout.row = attempt.row
                    WHERE agentTranID = ? AND payout.batchID = ? AND sends > 0 AND (state = 'refused' OR state = 'queued')
                        AND number = (SELECT max(number) FROM attempt AS any
                            WHERE any.batchID = attempt.batchID AND any.row = attempt.row)
                    """, arguments: [id.number, batch.number])
            guard let found else { return nil }
            let attempt = try AttemptKey(found, in: batch)
            let state = try PayoutState(rawValue: found["state"]).orDamaged("a state cannot be read")
            let amount = Tiyin(found["amountTiyin"])
            try ledger.apply(.unknown(reason), to: attempt, from: state, in: db)
            return (attempt, amount, state)
        }
    }

    /// Records a query that did not settle an unknown payout. The time is stored only if the count changed. Queries in
    /// between must not delay the next one that counts.
    package func recordAsking(
        _ attempt: AttemptKey, notFoundCount: Int, quietSince: Date?
    ) async throws(LedgerError) {
        try await commit { [ledger] db in
            let quietSince = quietSince.map { Int64(($0.timeIntervalSince1970 * 1000).rounded()) }
            let stored = try Int64.fetchOne(
                db, sql: "SELECT quietSince FROM attempt WHERE batchID = ? AND row = ? AND agentTranID = ?",
                arguments: [attempt.batch.number, attempt.row, attempt.id.number])
            // The period starts earlier than before only if the clock was set back.
            if let quietSince, quietSince < stored ?? 0 {
                try ledger.record(Event(batch: attempt.batch, why: .clockSet), at: quietSince, in: db)
            }
            try ledger.change(
                attempt, .asked,
                [
                    .number(notFoundCount), .number(ledger.timestamp()), .number(notFoundCount), .number(quietSince),
                ], in: db)
        }
    }
}

extension Ledger {
    fileprivate func claim(_ payout: PendingPayout, in db: Database) throws -> Bool {
        do {
            try apply(.claimed(isDoubtful: payout.isDoubtful), to: payout.attempt, from: .queued, in: db)
            return true
        } catch LedgerError.stateHasChanged {
            return false
        }
    }
}

extension Reason {
    /// Reads the reason columns of a payout's row. Returns `nil` if the row has no reason.
    init?(_ row: Row) {
        guard let code: String = row["reasonCode"] else { return nil }
        self.init(ReasonCode(rawValue: code), httpStatus: row["httpStatus"], bankText: row["bankText"])
    }
}
