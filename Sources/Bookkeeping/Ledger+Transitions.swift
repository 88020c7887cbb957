import Foundation
import GRDB
import Payouts

extension Ledger {
    /// Changes one payout's state, its attempt and the event log together.
    ///
    /// - Throws: ``LedgerError/stateHasChanged(row:expected:)`` where another process was quicker; nothing is written then.
    func apply(
        _ transition: Transition, to attempt: AttemptKey, from state: PayoutState, why: String? = nil, in db: Database
    ) throws {
        let target = transition.target
        guard transition.origins.contains(state) else {
            throw LedgerError.illegalTransition(row: attempt.row, from: state, to: target)
        }
        if target == .sending { try diskSpace.check() }
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
                why: why ?? reason?.code.rawValue ?? target.rawValue),
            at: at, in: db)
    }

    private func update(_ attempt: AttemptKey, for transition: Transition, at: Int64, in db: Database) throws {
        switch transition {
        case .claimed(let isDoubtful):
            try db.cachedStatement(
                sql: """
                    UPDATE attempt SET sends = sends + 1, lastSentAt = ?, quietSince = NULL, lastAskedAt = NULL,
                        notFoundCount = 0, isDoubtful = max(isDoubtful, ?)
                    WHERE agentTranID = ?
                    """
            ).execute(arguments: [at, isDoubtful, attempt.id.number])
        case .paid(let receipt):
            try db.cachedStatement(
                sql: """
                    UPDATE attempt SET verdict = 'paid', bmID = ?, commission = ?, commissionAmountTiyin = ?,
                        senderExtID = ?, recipientExtID = ?
                    WHERE agentTranID = ?
                    """
            ).execute(
                arguments: [
                    receipt.bmID, receipt.commission.map { "\($0)" }, receipt.commissionAmount?.count,
                    receipt.senderExtID, receipt.recipientExtID, attempt.id.number,
                ])
        case .refused, .decided(isPaid: false, _):
            try db.cachedStatement(sql: "UPDATE attempt SET verdict = 'refused' WHERE agentTranID = ?")
                .execute(arguments: [attempt.id.number])
        case .unknown:
            // The quiet period is counted from here at the earliest: the claim was made before the wait for a login, and
            // bytes may have left as late as now.
            try db.cachedStatement(
                sql: "UPDATE attempt SET verdict = 'open', isDoubtful = 1, quietSince = ? WHERE agentTranID = ?"
            ).execute(arguments: [at, attempt.id.number])
        case .review:
            try db.cachedStatement(sql: "UPDATE attempt SET verdict = 'open', isDoubtful = 1 WHERE agentTranID = ?")
                .execute(arguments: [attempt.id.number])
        case .decided(isPaid: true, _):
            try db.cachedStatement(sql: "UPDATE attempt SET verdict = 'paid', decidedBy = ? WHERE agentTranID = ?")
                .execute(arguments: [who, attempt.id.number])
        case .rerun(let correction):
            if let correction { try correct(attempt, as: correction, at: at, in: db) }
            try insertAttempt(after: attempt, in: db)
        case .requeued:
            try db.cachedStatement(sql: "UPDATE attempt SET verdict = 'open' WHERE agentTranID = ?")
                .execute(arguments: [attempt.id.number])
        case .withdrawn:
            break
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
                event.why,
            ])
    }
}
