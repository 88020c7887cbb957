import Foundation
import GRDB
import PaymentValues
import Payouts
import Synchronization

/// Restores sends that the journal has and the ledger has not.
extension Ledger {
    /// Restores the ledger's sends from a journal.
    ///
    /// - Parameter isBehind: whether this is the ledger's own journal and has later commits. Otherwise the journal only
    ///   supplies its sends, and the caller brings both up to date.
    func putRight(by contents: SendJournalContents, isBehind: Bool) throws(LedgerError) {
        let finding = try write(isBehind ? .puttingInStep : .none) { db in
            // A program may have died in a checkpoint. The log that would complete the file may be gone.
            let damage = try String.fetchAll(db, sql: "PRAGMA integrity_check").first { $0 != "ok" }
            if let damage { throw LedgerError.damaged(path: path, reason: damage) }
            let heads = try Self.headsInJournal(db)
            let isLastCommit =
                isBehind && contents.heads.last { $0 != contents.heads.last }.map(heads.contains) ?? false
            var rows: [BatchReference: Int] = [:]
            for batch in try Row.fetchAll(db, sql: "SELECT * FROM batch ORDER BY id").map({ try BatchRecord($0) }) {
                guard let known = contents.batches[BatchTag(batch.reference, batch.digest)] else { continue }
                let count = try putRight(batch, by: known, db)
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
    /// - Parameter isOther: whether another ledger made the sends. Then this ledger's own counts say nothing about
    ///   them.
    /// - Returns: the number of changed rows.
    func putRight(
        _ batch: BatchRecord, by known: SendJournalContents.Batch, isOther: Bool = false, _ db: Database
    ) throws -> Int {
        if known.asksFirst { try askFirst(about: batch.id, db) }
        var changed: Set<Int> = []
        for (id, send) in known.sends.sorted(by: { $0.key.number < $1.key.number }) {
            if try restore(send, id, of: batch, isOther: isOther, db) { changed.insert(send.row) }
        }
        for row in known.withdrawn.sorted() {
            guard let (attempt, state) = try latest(row, of: batch, db), state == .queued || state == .refused else {
                continue
            }
            try apply(.withdrawn(note: "withdrawn before the ledger was set back"), to: attempt, from: state, in: db)
            changed.insert(row)
        }
        if known.isClosed {
            // Every row of the batch was settled, but the results are lost.
            for row in try Int.fetchAll(
                db,
                sql: "SELECT row FROM payout WHERE batchID = ? AND (state = 'queued' OR ? AND state = 'refused')",
                arguments: [batch.id.number, isOther])
            {
                guard let (attempt, state) = try latest(row, of: batch, db) else { continue }
                try apply(.unknown(Reason(.ledgerWasSetBack)), to: attempt, from: state, in: db)
                changed.insert(row)
            }
        }
        if !changed.isEmpty || isOther {
            try record(Event(batch: batch.id, why: .putRight(rows: changed.count)), at: timestamp(), in: db)
        }
        return changed.count
    }

    /// Restores one missing send.
    private func restore(
        _ send: SendJournalContents.Send, _ id: AgentTransactionID, of batch: BatchRecord, isOther: Bool, _ db: Database
    ) throws -> Bool {
        let reason = Reason(.ledgerWasSetBack)
        let sends = try Int.fetchOne(
            db, sql: "SELECT sends FROM attempt WHERE agentTranID = ?", arguments: [id.number])
        // A later attempt exists only if the bank refused the earlier ones.
        for _ in 1...50 {
            guard let (attempt, state) = try latest(send.row, of: batch, db) else { return false }
            if attempt.id == id {
                // The row may have been queued again after the send, or the send may be missing. In both cases the bank
                // is asked.
                guard state == .queued || state == .refused && (isOther || max(sends ?? 0, 1) < send.times) else {
                    return false
                }
                try apply(.unknown(reason), to: attempt, from: state, in: db)
                return true
            }
            if sends != nil { return false }
            switch state {
            case .paid, .withdrawn: return false
            case .queued, .sending, .unknown: try apply(.refused(reason), to: attempt, from: state, in: db)
            case .review:
                try apply(
                    .decided(isPaid: false, note: "a later attempt was made"), to: attempt, from: state, in: db)
            case .refused: break
            }
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
