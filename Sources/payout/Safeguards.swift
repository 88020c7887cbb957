import Bookkeeping
import Foundation
import PaymentValues
import Payouts
import Processing

/// What stands between a batch and the bank: a second person's word, and the limits.
struct Safeguards: Sendable {
    let services: Services
    let ledger: Ledger

    /// - Parameter toSend: what would be sent now.
    /// - Throws: ``Refusal`` where it may not be.
    func demand(for batch: BatchRecord, sending toSend: ControlTotals) throws {
        guard toSend.rows > 0 else { return }
        try demandApproval(of: batch)
        try demandLimits(on: batch, sending: toSend)
    }

    /// Where the batch needs an approval that nobody has given for it as it stands.
    private func demandApproval(of batch: BatchRecord) throws {
        guard batch.needsApproval || services.settings.requiresApproval, try ledger.approver(of: batch.id) == nil else {
            return
        }
        throw Refusal.notApproved(batch.reference, try ledger.toPay(of: batch.id))
    }

    private func demandLimits(on batch: BatchRecord, sending toSend: ControlTotals) throws {
        let limits = services.settings.limits
        if let limit = limits.row, let row = try ledger.rowAbove(limit, in: batch.id) {
            throw Refusal.rowAboveLimit(row: row, of: batch.reference, limit: limit)
        }
        let whole = try ledger.toPay(of: batch.id)
        if let limit = limits.batch, whole.sum > limit {
            throw Refusal.batchAboveLimit(batch.reference, sum: whole.sum, limit: limit)
        }
        guard let limit = limits.day else { return }
        let resending = services.settings.whenNotFound == .resend ? batch.id : nil
        let sent = try ledger.sent(since: services.calendar.startOfDay(for: services.time.now()), resending: resending)
        if try sent.adding(toSend.sum) > limit {
            throw Refusal.dayAboveLimit(sent: sent, toSend: toSend.sum, limit: limit)
        }
    }
}
