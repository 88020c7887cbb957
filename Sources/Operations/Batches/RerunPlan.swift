import Bookkeeping
import PaymentValues
package import PayoutFiles
package import Payouts

/// The rows that a rerun would send: the chosen refused rows with their corrections, and the queued rows.
package struct RerunPlan: Sendable {
    /// The refused rows that can be sent again.
    package let rows: Set<Int>
    /// The totals of the rerun. They include the queued rows, and the unknown rows that may be sent again.
    package let totals: ControlTotals
    /// The warnings that nobody has accepted yet, about the corrections and about the file.
    package let warningCounts: [WarningKind: Int]
    let corrections: CorrectionPlan

    package var warnings: Int { warningCounts.values.reduce(0, +) }

    /// The rows that the table changes.
    package var correctedRows: Set<Int> { Set(corrections.byRow.keys) }

    /// Warnings about the corrections.
    package var log: FindingLog { corrections.log }

    /// Plans a rerun.
    /// - Throws: ``CorrectionError`` if the table changes a row that may not be changed or was not chosen.
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
        do {
            _ = try ledger.toPay(of: batch.id).sum.adding(corrections.difference)
        } catch is Tiyin.Overflow {
            throw CorrectionError.sumTooLarge
        }
        let remainder = try ledger.remainder(of: batch.id)
        var totals = try context.toSend(notSent: remainder.notSent, unknown: remainder.unknown)
        for payout in wanted { try totals.add(corrections.byRow[payout.attempt.row]?.amount ?? payout.amount) }
        warningCounts = try corrections.log.warningCounts.merging(
            ledger.unacceptedWarnings(of: batch), uniquingKeysWith: +)
        rows = Set(wanted.map(\.attempt.row))
        self.corrections = corrections
        self.totals = totals
    }
}
