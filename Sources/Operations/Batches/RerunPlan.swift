import Bookkeeping
import PayoutFiles
import Payouts

/// What a rerun would send: the refused rows that are meant, as they are corrected, and what waits in the queue already.
package struct RerunPlan: Sendable {
    /// The rows that can be run again.
    package let rows: Set<Int>
    /// What would be sent, with what waits in the queue already and unknown rows that may be sent again.
    package let totals: ControlTotals
    /// Warnings that nobody has accepted yet, about the corrections and about the file.
    package let warnings: Int
    let corrections: CorrectionPlan

    /// What is to be said against the corrections.
    package var log: FindingLog { corrections.log }

    /// - Throws: ``CorrectionError`` where the table changes rows that may not be changed, or that are not meant.
    init(
        of batch: BatchRecord, correctedBy table: CorrectionFile?, in ledger: Ledger, _ context: OperationContext,
        where isChosen: RerunRows.Choice?
    ) throws {
        let corrections =
            try table.map { try CorrectionPlan(from: $0, of: batch, in: ledger, since: context.duplicateWindow) }
            ?? .none
        let wanted = try ledger.refused(in: batch.id).filter { payout in
            isChosen?(payout) ?? (table == nil || corrections.byRow[payout.attempt.row] != nil)
        }
        try corrections.demandOnly(wanted.map(\.attempt.row))
        let remainder = try ledger.remainder(of: batch.id)
        var totals = try context.toSend(notSent: remainder.notSent, unknown: remainder.unknown)
        for payout in wanted { try totals.add(corrections.byRow[payout.attempt.row]?.amount ?? payout.amount) }
        warnings = corrections.log.warningCount + batch.unacceptedWarnings
        rows = Set(wanted.map(\.attempt.row))
        self.corrections = corrections
        self.totals = totals
    }
}
