import Bookkeeping
import Foundation
import Payouts

/// What stands between a batch and the bank: a second person's word, and the limits.
struct Safeguards: Sendable {
    let services: Services
    let ledger: Ledger

    /// - Parameter toSend: what would be sent now.
    /// - Throws: ``Failure`` where it may not be.
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
        let totals = try ledger.toPay(of: batch.id)
        throw Failure(
            .notAllowed,
            "batch “\(batch.reference)” waits for approval by another person than those who imported or corrected it: "
                + "payout approve \"\(batch.reference)\" --rows N --sum \"S UZS\", with the totals from their own source "
                + "(the batch has \(totals.rows) rows for \(totals.sum) so'm). Nothing was sent")
    }

    private func demandLimits(on batch: BatchRecord, sending toSend: ControlTotals) throws {
        let limits = services.settings.limits
        if let limit = limits.row, let row = try ledger.rowAbove(limit, in: batch.id) {
            throw Failure(
                .notAllowed,
                "row \(row) of batch “\(batch.reference)” is above the limit of \(limit) so'm for one row (PAYOUT_MAX_ROW): "
                    + "withdraw it, or have the limit raised. Nothing was sent")
        }
        let whole = try ledger.toPay(of: batch.id)
        if let limit = limits.batch, whole.sum > limit {
            throw Failure(
                .notAllowed,
                "batch “\(batch.reference)” comes to \(whole.sum) so'm, above the limit of \(limit) so'm for one batch "
                    + "(PAYOUT_MAX_BATCH): split the file, or have the limit raised. Nothing was sent")
        }
        guard let limit = limits.day else { return }
        let resending = services.settings.whenNotFound == .resend ? batch.id : nil
        let sent = try ledger.sent(since: services.calendar.startOfDay(for: services.time.now()), resending: resending)
        if try sent.adding(toSend.sum) > limit {
            throw Failure(
                .notAllowed,
                "\(sent) so'm were sent today and \(toSend.sum) so'm are to follow, together above the limit of \(limit) so'm "
                    + "for one day (PAYOUT_MAX_DAY): run the batch on another day, or have the limit raised. Nothing was sent"
            )
        }
    }
}
