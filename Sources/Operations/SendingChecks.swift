import Bookkeeping
import Foundation
import PaymentValues
import Payouts
import Processing

/// Checks before sending that enough people approved the batch and that nobody rejected it. It also checks the limits.
struct SendingChecks: Sendable {
    let context: OperationContext
    let ledger: Ledger

    /// Checks one batch.
    /// - Parameter toSend: the totals to send now.
    /// - Throws: ``SendingRefusal`` if they may not be sent.
    func demand(for batch: BatchRecord, sending toSend: ControlTotals) throws {
        guard toSend.rows > 0 else { return }
        try demandApproval(of: batch)
        try demandLimits(on: batch, sending: toSend)
    }

    private func demandApproval(of batch: BatchRecord) throws {
        let statement = try ledger.statement(of: batch.id)
        if case .rejected(let who, let note) = statement.approval {
            throw SendingRefusal.rejected(batch.reference, by: who, note: note)
        }
        guard try statement.approvers.count < context.approvalsNeeded(for: statement) else { return }
        throw SendingRefusal.notApproved(batch.reference, try statement.toPay)
    }

    private func demandLimits(on batch: BatchRecord, sending toSend: ControlTotals) throws {
        let limits = context.rules.limits
        if let limit = limits.row, let row = try ledger.rowAbove(limit, in: batch.id) {
            throw SendingRefusal.rowAboveLimit(row: row, of: batch.reference, limit: limit)
        }
        let whole = try ledger.toPay(of: batch.id)
        if let limit = limits.batch, whole.sum > limit {
            throw SendingRefusal.batchAboveLimit(batch.reference, sum: whole.sum, limit: limit)
        }
        guard let limit = limits.day else { return }
        let resending = context.rules.policy.whenNotFound == .resend ? batch.id : nil
        let today = context.calendar.startOfDay(for: context.time.now())
        let sent = try ledger.sent(since: today, resending: resending)
        // A sum that is too large to add is above every limit.
        let (sum, isTooLarge) = sent.count.addingReportingOverflow(toSend.sum.count)
        if isTooLarge || Tiyin(sum) > limit {
            throw SendingRefusal.dayAboveLimit(sent: sent, toSend: toSend.sum, limit: limit)
        }
    }
}
