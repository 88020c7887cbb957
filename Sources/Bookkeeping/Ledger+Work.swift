import Foundation
import GRDB
import Payouts

extension Ledger {
    /// The next queued rows in the file's order, with their cards opened.
    ///
    /// - Throws: ``LedgerError/cardDoesNotOpen(row:)``
    package func pending(
        in batch: BatchRecord, senderName: String, after row: Int, limit: Int
    ) throws(LedgerError) -> [PendingPayout] {
        try read { db in
            let rows = try Row.fetchCursor(
                db.cachedStatement(
                    sql: """
                        SELECT payout.row, account, bankCode, sealedCard, amountTiyin, agentTranID, isDoubtful
                        FROM payout JOIN attempt ON attempt.batchID = payout.batchID AND attempt.row = payout.row
                            AND attempt.verdict <> 'refused'
                        WHERE payout.batchID = ? AND payout.state = 'queued' AND payout.row > ?
                        ORDER BY payout.row LIMIT ?
                        """),
                arguments: [batch.id.number, row, limit])
            var pending: [PendingPayout] = []
            while let row = try rows.next() {
                pending.append(try pendingPayout(row, in: batch, senderName: senderName))
            }
            return pending
        }
    }

    /// - Parameter row: the columns of the query above, by their places.
    private func pendingPayout(_ row: Row, in batch: BatchRecord, senderName: String) throws -> PendingPayout {
        let number: Int = row[0]
        let rowKey = CardSeal.RowKey(reference: batch.reference, digest: batch.digest, row: number)
        let sealed: Data? = row[3]
        guard let (card, expiry) = sealed.flatMap({ seal.open($0, boundTo: rowKey) }) else {
            throw LedgerError.cardDoesNotOpen(row: number)
        }
        let id = try AgentTransactionID(row[5]).orDamaged("an agentTranId is out of range")
        let order = PayoutOrder(
            id: id, senderName: senderName, account: try SettlementAccount(row[1]), bankCode: try BankCode(row[2]),
            card: card, expiry: expiry, amount: Tiyin(row[4]))
        return PendingPayout(
            attempt: AttemptKey(batch: batch.id, row: number, id: id), order: order, isDoubtful: row[6])
    }

    /// Every payout of the batch whose outcome is unknown, longest unasked first.
    package func unknowns(in batch: BatchID) throws(LedgerError) -> [UnknownPayout] {
        try read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT payout.*, attempt.* FROM payout
                    JOIN attempt ON attempt.batchID = payout.batchID AND attempt.row = payout.row
                        AND attempt.verdict <> 'refused'
                    WHERE payout.batchID = ? AND payout.state = 'unknown'
                    ORDER BY coalesce(attempt.lastAskedAt, 0), payout.row
                    """,
                arguments: [batch.number]
            ).map { row in
                UnknownPayout(
                    attempt: try AttemptKey(row, in: batch), amount: Tiyin(row["amountTiyin"]),
                    reason: Reason(row), lastSentAt: (row["lastSentAt"] as Int64?).map(Date.init(milliseconds:)),
                    quietSince: (row["quietSince"] as Int64?).map(Date.init(milliseconds:)),
                    lastAskedAt: (row["lastAskedAt"] as Int64?).map(Date.init(milliseconds:)),
                    notFoundCount: row["notFoundCount"])
            }
        }
    }

    /// Takes over what a program that died left behind: its log is made durable, and every row that it had claimed may
    /// have been sent, so its outcome is unknown. To be called by the holder of the ``RunnerLock`` alone.
    ///
    /// - Returns: how many such rows there were.
    package func takeOver() throws(LedgerError) -> Int {
        try secureJournal()
        return try write { db in
            // Every batch is named, for the index of states begins with the batch.
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT payout.batchID, payout.row, attempt.agentTranID FROM payout
                    JOIN attempt ON attempt.batchID = payout.batchID AND attempt.row = payout.row
                        AND attempt.verdict <> 'refused'
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
    /// Claims a queued payout. `false` where it is no longer queued: another process withdrew it.
    package func claim(_ payout: PendingPayout) async throws(LedgerError) -> Bool {
        try await commit { [ledger] db in try ledger.claim(payout, in: db) }
    }

    /// Records what a send proved.
    package func settle(
        _ attempt: AttemptKey, from state: PayoutState = .sending, as transition: Transition, why: EventCause? = nil
    ) async throws(LedgerError) {
        try await commit { [ledger] db in
            try ledger.apply(transition, to: attempt, from: state, why: why, in: db)
        }
    }

    /// One of several changes of a row that are made together or not at all.
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

    /// Makes several changes of one row in one commit: what lies between them must not be left behind by a crash. Only the
    /// first can find that another process was quicker, and then nothing is written.
    package func settle(_ steps: [Step]) async throws(LedgerError) {
        try await commit { [ledger] db in
            for step in steps {
                try ledger.apply(step.transition, to: step.attempt, from: step.from, why: step.why, in: db)
            }
        }
    }

    /// Records what one send proved and claims the next payout in the same commit, so that a slot waits for the disk once
    /// a row. The answer is recorded whatever becomes of the claim.
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

    /// Notes that the bank was asked about an unknown payout and did not settle it. The time is noted where the count
    /// changed: askings in between, however many, must not put off the next one that counts.
    package func recordAsking(
        _ attempt: AttemptKey, notFoundCount: Int, quietSince: Date?
    ) async throws(LedgerError) {
        try await commit { [ledger] db in
            try ledger.change(
                attempt, .asked,
                [
                    .number(notFoundCount), .number(ledger.timestamp()), .number(notFoundCount),
                    .number(quietSince.map { Int64($0.timeIntervalSince1970 * 1000) }),
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
    /// The reason columns of a payout's row; `nil` where it has none.
    init?(_ row: Row) {
        guard let code: String = row["reasonCode"] else { return nil }
        self.init(ReasonCode(rawValue: code), httpStatus: row["httpStatus"], bankText: row["bankText"])
    }
}
