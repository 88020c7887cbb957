package import Bookkeeping
import Payouts

/// Asks the bank again about paid rows. If the bank reversed a payout, an event is recorded. The row stays paid.
package struct PaidAudit: Sendable {
    let ledger: Ledger
    let commits: CommitQueue
    let bank: any Bank

    package init(ledger: Ledger, commits: CommitQueue, bank: any Bank) {
        self.ledger = ledger
        self.commits = commits
        self.bank = bank
    }

    /// Asks about every paid row of a batch.
    ///
    /// - Returns: the rows that the bank reversed.
    package func audit(_ batch: BatchID, stop: StopSignal) async throws(LedgerError) -> [Int] {
        var reversed: [Int] = []
        var asked = 0
        for (attempt, amount) in try ledger.paid(in: batch) where stop.reason == nil {
            asked += 1
            if case .notPaid(let reason) = await bank.status(of: attempt.id, expecting: amount) {
                let note = Reason(.reversedAtBank, httpStatus: reason.httpStatus, bankText: reason.bankText)
                try await commits.noteReversal(attempt, note)
                reversed.append(attempt.row)
            }
        }
        try ledger.record(.init(about: .paid, asked: asked, settled: reversed.count), of: batch)
        return reversed
    }
}
