import Foundation
import GRDB
import PaymentValues
import Payouts

extension Ledger {
    /// Changes a payout's state, its attempt and the event log together.
    ///
    /// - Throws: ``LedgerError/stateHasChanged(row:expected:)`` if another process changed the row first. Nothing is
    ///   written then.
    func apply(
        _ transition: Transition, to attempt: AttemptKey, from state: PayoutState, why: EventCause? = nil,
        in db: Database
    ) throws {
        let target = transition.target
        guard transition.origins.contains(state) else {
            throw LedgerError.illegalTransition(row: attempt.row, from: state, to: target)
        }
        if target == .sending { try checkDiskSpace() }
        // Read the row before anything is written: a failure must leave no trace.
        let content = if case .rerun = transition { try content(of: attempt, in: state, db) } else { Content?.none }
        let at = timestamp()
        let reason = transition.reason
        // `OR ROLLBACK`: see ``AttemptChange``.
        let change = try WriteStatement(
            """
            UPDATE OR ROLLBACK payout SET state = ?, reasonCode = ?, httpStatus = ?, bankText = ?, changedAt = ?,
                sealedCard = CASE WHEN ? THEN NULL ELSE sealedCard END
            WHERE batchID = ? AND row = ? AND state = ?
            """, in: db)
        let changed = try change([
            .text(target.rawValue), .text(reason?.code.rawValue), .number(reason?.httpStatus), .text(reason?.bankText),
            .number(at), .flag(target == .paid || target == .withdrawn), .number(attempt.batch.number),
            .number(attempt.row), .text(state.rawValue),
        ])
        guard changed == 1 else { throw LedgerError.stateHasChanged(row: attempt.row, expected: state) }
        try update(attempt, for: transition, from: state, content, at: at, in: db)
        try record(
            Event(
                batch: attempt.batch, row: attempt.row, id: attempt.id, from: state, to: target,
                why: why ?? (target == .sending ? .claimed : .settled(reason?.code)), evidence: evidence(of: transition)
            ),
            at: at, in: db)
        switch transition {
        case .claimed: note(.sent(try tag(of: attempt.batch, in: db), row: attempt.row, id: attempt.id, times: 1))
        case .withdrawn: note(.withdrawn(try tag(of: attempt.batch, in: db), row: attempt.row))
        default: break
        }
    }

    /// Signs what the payout and its attempt store beside the event.
    private func evidence(of transition: Transition) -> Data? {
        switch transition {
        case .paid(let receipt):
            return seal.records.evidence(
                bmID: receipt.bmID, commission: receipt.commission, commissionTiyin: receipt.commissionAmount?.count,
                senderExtID: receipt.senderExtID, recipientExtID: receipt.recipientExtID, decidedBy: nil)
        case .decided(isPaid: true, _):
            return seal.records.evidence(
                bmID: nil, commission: nil, commissionTiyin: nil, senderExtID: nil, recipientExtID: nil, decidedBy: who)
        default:
            return transition.reason.map {
                seal.records.evidence(
                    code: $0.code.rawValue, httpStatus: $0.httpStatus.map(Int64.init), bankText: $0.bankText)
            }
        }
    }

    /// Decrypts the content of a row, if the row is still in the expected state. A withdrawn row no longer has a card.
    private func content(of attempt: AttemptKey, in state: PayoutState, _ db: Database) throws -> Content {
        let current = try String.fetchOne(
            db, sql: "SELECT state FROM payout WHERE batchID = ? AND row = ?",
            arguments: [attempt.batch.number, attempt.row])
        guard current == state.rawValue else {
            throw LedgerError.stateHasChanged(row: attempt.row, expected: state)
        }
        return try content(of: attempt, in: db)
    }

    private func update(
        _ attempt: AttemptKey, for transition: Transition, from state: PayoutState, _ content: Content?, at: Int64,
        in db: Database
    ) throws {
        switch transition {
        case .claimed(let isDoubtful):
            try change(attempt, .claimed, [.number(at), .flag(isDoubtful)], in: db)
        case .paid(let receipt):
            try change(
                attempt, .paid,
                [
                    .number(receipt.bmID), .text(receipt.commission),
                    .number(receipt.commissionAmount?.count), .text(receipt.senderExtID), .text(receipt.recipientExtID),
                ], in: db)
        case .refused, .decided(isPaid: false, _):
            try change(attempt, .refused, [], in: db)
        case .unknown:
            // The quiet period starts now at the earliest. The claim was made before a wait for the login, so bytes may
            // have left as late as now.
            try change(attempt, .unknown, [.number(at)], in: db)
        case .review:
            try change(attempt, .review, [], in: db)
        case .decided(isPaid: true, _):
            try change(attempt, .paidByDecision, [.text(who)], in: db)
        case .rerun(let correction):
            try rerun(attempt, content.orDamaged("a row is gone"), correction, at: at, in: db)
        case .requeued:
            try change(attempt, .requeued, [], in: db)
        case .withdrawn:
            break
        }
    }

    /// Changes one attempt.
    ///
    /// - Parameter values: one value for each `?` of the change.
    func change(_ attempt: AttemptKey, _ change: AttemptChange, _ values: [WrittenValue], in db: Database) throws {
        let changed = try WriteStatement(change.sql, in: db)(
            values + [.number(attempt.batch.number), .number(attempt.row), .number(attempt.id.number)])
        guard changed == 1 else {
            // Do not throw a `LedgerError`: the row is already changed, so the whole group must be rolled back.
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "a row has no such attempt")
        }
    }
}
