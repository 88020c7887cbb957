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
        // `OR ROLLBACK`: see ``AttemptChange``.
        let change = try WriteStatement(
            """
            UPDATE OR ROLLBACK payout SET state = ?, reasonCode = ?, httpStatus = ?, bankText = ?, changedAt = ?,
                sealedCard = CASE WHEN ? THEN NULL ELSE sealedCard END
            WHERE batchID = ? AND row = ? AND state = ?
            """, in: db)
        let changed = try change(
            target.rawValue, reason?.code.rawValue, reason?.httpStatus, reason?.bankText, at,
            target == .paid || target == .withdrawn, attempt.batch.number, attempt.row, state.rawValue)
        guard changed == 1 else { throw LedgerError.stateHasChanged(row: attempt.row, expected: state) }
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
            try change(attempt, .claimed, at, isDoubtful, in: db)
        case .paid(let receipt):
            try change(
                attempt, .paid, receipt.bmID, receipt.commission.map { "\($0)" }, receipt.commissionAmount?.count,
                receipt.senderExtID, receipt.recipientExtID, in: db)
        case .refused, .decided(isPaid: false, _):
            try change(attempt, .refused, in: db)
        case .unknown:
            // The quiet period is counted from here at the earliest: the claim was made before the wait for a login, and
            // bytes may have left as late as now.
            try change(attempt, .unknown, at, in: db)
        case .review:
            try change(attempt, .review, in: db)
        case .decided(isPaid: true, _):
            try change(attempt, .paidByDecision, who, in: db)
        case .rerun(let correction):
            if let correction { try correct(attempt, as: correction, at: at, in: db) }
            try insertAttempt(after: attempt, in: db)
        case .requeued:
            try change(attempt, .requeued, in: db)
        case .withdrawn:
            break
        }
    }

    /// Changes one attempt.
    ///
    /// - Parameter value: one for each `?` of the change.
    func change<each Value: StatementBinding>(
        _ attempt: AttemptKey, _ change: AttemptChange, _ value: repeat each Value, in db: Database
    ) throws {
        let changed = try WriteStatement(change.sql, in: db)(
            repeat each value, attempt.batch.number, attempt.row, attempt.id.number)
        guard changed == 1 else {
            // No error of the ledger's own, for the row is changed by now: the whole group is taken back.
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "a row has no such attempt")
        }
    }

    func record(_ event: Event, at: Int64, in db: Database) throws {
        let insert = try WriteStatement(
            """
            INSERT INTO event (at, who, batchID, row, agentTranID, fromState, toState, why)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """, in: db)
        try insert(
            at, who, event.batch.number, event.row, event.id?.number, event.from?.rawValue, event.to?.rawValue,
            event.why.description)
    }
}
