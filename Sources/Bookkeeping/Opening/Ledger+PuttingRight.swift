import Foundation
import GRDB
import PaymentValues
import Payouts
import Synchronization

/// Restores sends that the journal has and the ledger has not.
extension Ledger {
    /// The ledger whose journal is read.
    enum JournalOwner {
        /// This ledger. Its journal has every send that it ever made.
        case this
        /// This ledger or another one that it continues. A person has said so.
        case predecessor
        /// Another ledger. This ledger's own counts say nothing about its sends.
        case other
    }

    /// Restores the ledger's sends from a journal.
    ///
    /// - Parameter owner: ``JournalOwner/this`` if this is the ledger's own journal and has later commits. Otherwise
    ///   the journal only supplies its sends, and the caller brings both up to date.
    func putRight(by contents: SendJournalContents, of owner: JournalOwner) throws(LedgerError) {
        let isBehind = owner == .this
        let finding = try write(isBehind ? .puttingInStep : .none) { db in
            // A program may have died in a checkpoint. The log that would complete the file may be gone.
            let damage = try String.fetchAll(db, sql: "PRAGMA integrity_check").first { $0 != "ok" }
            if let damage { throw LedgerError.damaged(path: path, reason: damage) }
            let heads = try Self.headsInJournal(db)
            let isLastCommit =
                isBehind && contents.heads.last { $0 != contents.heads.last }.map(heads.contains) ?? false
            // A batch was finished before the journal was last rewritten. Since then the journal names each send.
            let knowsFinished = isBehind && contents.heads.contains(where: heads.contains)
            var rows: [BatchReference: Int] = [:]
            for batch in try Row.fetchAll(db, sql: "SELECT * FROM batch ORDER BY id").map({ try BatchRecord($0) }) {
                guard var known = contents.batches[BatchTag(batch.reference, batch.digest)] else { continue }
                if knowsFinished { known.isClosed = false }
                let count = try putRight(batch, by: known, of: owner, db)
                if count > 0 { rows[batch.reference] = count }
            }
            // An old backup may have replaced both the ledger and the journal. So ask the bank first.
            if isBehind && !isLastCommit {
                _ = try askFirstAboutAll(db)
                try askAboutForgottenBatches(contents, db)
            }
            return isLastCommit ? OpeningFinding.lastCommitLost(rows) : .putRight(rows)
        }
        if isBehind { try rewriteSends() }
        switch finding {
        case .lastCommitLost(let rows) where rows.isEmpty: break
        case .putRight(let rows) where rows.isEmpty && !isBehind: break
        default: findings.withLock { $0.append(finding) }
        }
    }

    /// Makes payout ask the bank about each row of a file that is imported later, if this ledger has forgotten a batch.
    ///
    /// The journal still knows the sends of that batch. But if somebody also puts back a journal from the time of the
    /// copy, only the bank knows them.
    private func askAboutForgottenBatches(_ contents: SendJournalContents, _ db: Database) throws {
        let known = try Set(
            Row.fetchAll(db, sql: "SELECT * FROM batch").map { row in
                let batch = try BatchRecord(row)
                return BatchTag(batch.reference, batch.digest)
            })
        guard contents.batches.contains(where: { $0.value.wasSent && !known.contains($0.key) }) else { return }
        try db.execute(sql: "UPDATE identity SET isRebuilt = 1")
    }

    /// Makes rows unknown that the ledger calls unsent, but that were or may have been sent.
    ///
    /// - Returns: the number of changed rows.
    func putRight(
        _ batch: BatchRecord, by known: SendJournalContents.Batch, of owner: JournalOwner, _ db: Database
    ) throws -> Int {
        if known.asksFirst { try askFirst(about: batch.id, db) }
        if let corrections = known.rejectedAfter { try rejectAgain(batch.id, after: corrections, db) }
        var changed: Set<Int> = []
        // In this ledger, a row was unsent or refused when the person withdrew it.
        if owner == .this {
            for row in known.withdrawn.sorted() where try withdrawAgain(row, of: batch, db) { changed.insert(row) }
        }
        let disputed = try rowsSentUnderEarlierIDs(of: batch, known, owner, db)
        for row in disputed.sorted() where try dispute(row, of: batch, db) { changed.insert(row) }
        for (id, send) in known.sends.sorted(by: { $0.key.number < $1.key.number })
        where !disputed.contains(send.row) {
            if try restore(send, id, of: batch, owner, db) { changed.insert(send.row) }
        }
        for row in known.withdrawn.sorted() {
            guard let (_, state) = try latest(row, of: batch, db), state == .queued || state == .refused else {
                continue
            }
            if try withdrawAgain(row, of: batch, db) { changed.insert(row) }
        }
        if known.isClosed {
            // Every row of the batch was settled, but the results are lost. A refused row may have been sent again.
            for row in try Int.fetchAll(
                db,
                sql: "SELECT row FROM payout WHERE batchID = ? AND (state = 'queued' OR ? AND state = 'refused')",
                arguments: [batch.id.number, owner != .predecessor])
            {
                guard let (attempt, state) = try latest(row, of: batch, db) else { continue }
                try apply(.unknown(Reason(.ledgerWasSetBack)), to: attempt, from: state, in: db)
                changed.insert(row)
            }
        }
        // A row that this ledger calls unknown may have been sent once more. That send may still be in flight.
        let at = timestamp()
        let latest = try Int64.fetchOne(
            db, sql: "SELECT max(at) FROM event WHERE batchID = ?", arguments: [batch.id.number])
        if at < latest ?? 0 { try record(Event(batch: batch.id, why: .clockSet), at: at, in: db) }
        try restartQuietPeriods(of: batch.id, at: at, db)
        if !changed.isEmpty || owner == .other {
            try record(Event(batch: batch.id, why: .putRight(rows: changed.count)), at: timestamp(), in: db)
        }
        return changed.count
    }

    /// Finds the rows that another copy of the ledger sent under an id that this ledger has since replaced. The bank
    /// may pay both ids.
    private func rowsSentUnderEarlierIDs(
        of batch: BatchRecord, _ known: SendJournalContents.Batch, _ owner: JournalOwner, _ db: Database
    ) throws -> Set<Int> {
        let attempts = try Row.fetchAll(
            db,
            sql: """
                SELECT row, agentTranID, sends, number = (SELECT max(number) FROM attempt AS last
                    WHERE last.batchID = attempt.batchID AND last.row = attempt.row) AS isLatest FROM attempt
                WHERE batchID = :batch AND row IN (SELECT row FROM attempt WHERE batchID = :batch AND number > 1)
                """, arguments: ["batch": batch.id.number])
        var rows: Set<Int> = []
        for attempt in attempts {
            let times = known.sends[try AgentTransactionID(stored: attempt["agentTranID"])]?.times ?? 0
            if attempt["isLatest"] {
                // A finished batch keeps all sends of a row with several ids. So this row was sent under its first id.
                if owner == .other, known.isClosed, times == 0 { rows.insert(attempt["row"]) }
            } else if times > (owner == .other ? 0 : max(attempt["sends"], 1)) {
                rows.insert(attempt["row"])
            }
        }
        return rows
    }

    /// Puts a row in dispute, unless it is final. Returns whether it changed.
    private func dispute(_ row: Int, of batch: BatchRecord, _ db: Database) throws -> Bool {
        guard let (attempt, state) = try latest(row, of: batch, db),
            Transition.review(Reason(.sentUnderEarlierID))
                .origins.contains(state)
        else { return false }
        try apply(.review(Reason(.sentUnderEarlierID)), to: attempt, from: state, in: db)
        return true
    }

    /// Withdraws a row again, unless it is final. Returns whether it changed.
    private func withdrawAgain(_ row: Int, of batch: BatchRecord, _ db: Database) throws -> Bool {
        guard let (attempt, state) = try latest(row, of: batch, db), state != .paid, state != .withdrawn else {
            return false
        }
        if state != .queued { try refuse(attempt, in: state, note: "a person withdrew the row", db) }
        try apply(
            .withdrawn(note: "withdrawn before the ledger was set back"), to: attempt,
            from: state == .queued ? .queued : .refused, in: db)
        return true
    }

    /// Records the refusal of an attempt. Without it, the row could not change as the journal says.
    private func refuse(_ attempt: AttemptKey, in state: PayoutState, note: String, _ db: Database) throws {
        switch state {
        case .queued, .sending, .unknown:
            try apply(.refused(Reason(.ledgerWasSetBack)), to: attempt, from: state, in: db)
        case .review: try apply(.decided(isPaid: false, note: note), to: attempt, from: state, in: db)
        case .refused, .paid, .withdrawn: break
        }
    }

    /// Restores one missing send.
    private func restore(
        _ send: SendJournalContents.Send, _ id: AgentTransactionID, of batch: BatchRecord, _ owner: JournalOwner,
        _ db: Database
    ) throws -> Bool {
        let sends = try Int.fetchOne(
            db, sql: "SELECT sends FROM attempt WHERE agentTranID = ?", arguments: [id.number])
        // A later attempt exists only if the bank refused the earlier ones.
        for _ in 1...50 {
            guard let (attempt, state) = try latest(send.row, of: batch, db) else { return false }
            if attempt.id == id {
                // The row may have been queued again after the send, or the send may be missing. In both cases the bank
                // is asked.
                guard
                    state == .queued || state == .refused && (owner == .other || max(sends ?? 0, 1) < send.times)
                else { return false }
                try apply(.unknown(Reason(.ledgerWasSetBack)), to: attempt, from: state, in: db)
                // Otherwise a later comparison could not tell whether the row was sent once more.
                if owner == .this { try change(attempt, .restored, [.number(send.times)], in: db) }
                return true
            }
            if sends != nil || state == .paid || state == .withdrawn { return false }
            try refuse(attempt, in: state, note: "a later attempt was made", db)
            try apply(.rerun(nil), to: attempt, from: .refused, in: db)
        }
        throw LedgerError.altered(path: path, what: "row \(send.row) of batch “\(batch.reference)” has other attempts")
    }

    private func latest(
        _ row: Int, of batch: BatchRecord, _ db: Database
    ) throws -> (AttemptKey, PayoutState)? {
        try Row.fetchOne(
            db,
            sql: """
                SELECT payout.row, payout.state, attempt.agentTranID FROM payout
                JOIN attempt ON attempt.batchID = payout.batchID AND attempt.row = payout.row
                WHERE payout.batchID = ? AND payout.row = ? ORDER BY attempt.number DESC LIMIT 1
                """, arguments: [batch.id.number, row]
        ).map {
            (
                try AttemptKey($0, in: batch.id),
                try PayoutState(rawValue: $0["state"]).orDamaged("a state cannot be read")
            )
        }
    }
}
