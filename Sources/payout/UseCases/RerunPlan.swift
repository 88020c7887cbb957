import Bookkeeping
import PayoutFiles
import Payouts

/// What a rerun would send: the refused rows that are meant, as they are corrected, and what waits in the queue already.
struct RerunPlan: Sendable {
    let rows: Set<Int>
    let corrections: Corrections
    let totals: ControlTotals

    /// - Parameters:
    ///   - table: what is to be corrected.
    ///   - isChosen: which rows are meant; by default those that are corrected, or all where none is.
    /// - Throws: ``Failure`` where the table changes rows that may not be changed, or that are not meant.
    init(
        of batch: BatchRecord, correctedBy table: CorrectionFile?, in ledger: Ledger, _ services: Services,
        where isChosen: ((RefusedPayout) -> Bool)?
    ) throws {
        let corrections = try table.map { try Corrections(from: $0, of: batch, in: ledger, services) } ?? .none
        let wanted = try ledger.refused(in: batch.id).filter { payout in
            isChosen?(payout) ?? (table == nil || corrections[payout.attempt.row] != nil)
        }
        try corrections.demandOnly(wanted.map(\.attempt.row))
        var totals = try ledger.remainder(of: batch.id).notSent
        for payout in wanted { try totals.add(corrections[payout.attempt.row]?.amount ?? payout.amount) }
        rows = Set(wanted.map(\.attempt.row))
        self.corrections = corrections
        self.totals = totals
    }
}
