import Foundation
import GRDB
import Payouts

extension Ledger {
    /// Changes one payout's state, its attempt and the event log together.
    ///
    /// - Throws: ``LedgerError/stateHasChanged(row:expected:)`` where another process was quicker; nothing is written then.
    func apply(
        _ transition: Transition, to attempt: AttemptKey, from state: PayoutState, why: EventCause? = nil,
        in db: Database
    ) throws {
        let target = transition.target
        guard transition.origins.contains(state) else {
            throw LedgerError.illegalTransition(row: attempt.row, from: state, to: target)
        }
        if target == .sending { try checkDiskSpace() }
        let at = timestamp()
        let reason = transition.reason
        try db.cachedStatement(
            sql: """
                UPDATE payout SET state = ?, reasonCode = ?, httpStatus = ?, bankText = ?, changedAt = ?,
                    sealedCard = CASE WHEN ? THEN NULL ELSE sealedCard END
                WHERE batchID = ? AND row = ? AND state = ?
                """
        ).execute(
            arguments: [
                target.rawValue, reason?.code.rawValue, reason?.httpStatus, reason?.bankText, at,
                target == .paid || target == .withdrawn, attempt.batch.number, attempt.row, state.rawValue,
            ])
        guard db.changesCount == 1 else {
            throw LedgerError.stateHasChanged(row: attempt.row, expected: state)
        }
        try update(attempt, for: transition, at: at, in: db)
        try record(
            Event(
                batch: attempt.batch, row: attempt.row, id: attempt.id, from: state, to: target,
                why: why ?? reason.map { .reason($0.code) } ?? .state(target)),
            at: at, in: db)
    }

    private func update(_ attempt: AttemptKey, for transition: Transition, at: Int64, in db: Database) throws {
        switch transition {
        case .claimed(let isDoubtful):
            try set(
                """
                sends = sends + 1, lastSentAt = ?, quietSince = NULL, lastAskedAt = NULL, notFoundCount = 0,
                    isDoubtful = max(isDoubtful, ?)
                """, [at, isDoubtful], of: attempt, in: db)
        case .paid(let receipt):
            try set(
                """
                verdict = 'paid', bmID = ?, commission = ?, commissionAmountTiyin = ?, senderExtID = ?,
                    recipientExtID = ?
                """,
                [
                    receipt.bmID, receipt.commission.map { "\($0)" }, receipt.commissionAmount?.count,
                    receipt.senderExtID, receipt.recipientExtID,
                ], of: attempt, in: db)
        case .refused, .decided(isPaid: false, _):
            try set("verdict = 'refused'", of: attempt, in: db)
        case .unknown:
            // The quiet period is counted from here at the earliest: the claim was made before the wait for a login, and
            // bytes may have left as late as now.
            try set("verdict = 'open', isDoubtful = 1, quietSince = ?", [at], of: attempt, in: db)
        case .review:
            try set("verdict = 'open', isDoubtful = 1", of: attempt, in: db)
        case .decided(isPaid: true, _):
            try set("verdict = 'paid', decidedBy = ?", [who], of: attempt, in: db)
        case .rerun(let correction):
            if let correction { try correct(attempt, as: correction, at: at, in: db) }
            try insertAttempt(after: attempt, in: db)
        case .requeued:
            try set("verdict = 'open'", of: attempt, in: db)
        case .withdrawn:
            break
        }
    }

    /// Changes one attempt. It is found by its row, whose neighbours were changed a moment ago, and not by its id, which
    /// would have the index of all ids read at a place of its own; the `+` keeps SQLite from that.
    ///
    /// - Parameter columns: the names are ours, the values are bound.
    func set(
        _ columns: String, _ values: StatementArguments = [], of attempt: AttemptKey, in db: Database
    ) throws {
        try db.cachedStatement(sql: "UPDATE attempt SET \(columns) WHERE batchID = ? AND row = ? AND +agentTranID = ?")
            .execute(arguments: values + [attempt.batch.number, attempt.row, attempt.id.number])
        guard db.changesCount == 1 else {
            // No error of the ledger's own, for the row is changed by now: the whole group is taken back.
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "a row has no such attempt")
        }
    }

    func record(_ event: Event, at: Int64, in db: Database) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO event (at, who, batchID, row, agentTranID, fromState, toState, why)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(
            arguments: [
                at, who, event.batch.number, event.row, event.id?.number, event.from?.rawValue, event.to?.rawValue,
                event.why.description,
            ])
    }
}
