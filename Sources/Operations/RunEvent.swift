import Bookkeeping
import PayoutFiles
import Payouts
import Processing

/// What happens during a use case, told to its observer as it happens. An observer must not block.
package enum RunEvent: Sendable {
    // The ledger and the file.
    /// The ledger found something out as it was opened, or as a batch was stored.
    case ledgerNoticed(OpeningFinding, ledger: String)
    /// The file is checked without a look at other batches, for the ledger does not open.
    case otherBatchesNotLookedUp(OperationError)
    case fileChecked(PayoutFile)
    /// What is to be said against a file or a table of corrections. Empty where nothing is.
    case findings(FindingLog)
    case imported(BatchReference)

    // Before anything is sent.
    case batchChosen(BatchReference, toSend: ControlTotals, accounts: [SettlementAccount])
    case correctionsPlanned(CorrectionPlan, before: ControlTotals)
    case nothingToRerun(BatchReference)
    /// Nothing that the asking person could be told stands in the way any more.
    case started(BatchReference)

    // While the bank is sent to and asked.
    case working(RunWork)
    case moved(PayoutMove)
    case rerunAnswered([Int: Rerun.Answer])
    /// The bank says that it took a paid payout back.
    case reversed(row: Int)
    case workEnded

    // The end.
    case ended(BatchStatement, RunEnding, Ledger)
    case reportWritten(path: String)
}

/// What the observer may know and do while the bank is sent to or asked.
package struct RunWork: Sendable {
    package let batch: BatchRecord
    /// Where the batch stands; it takes the moves that follow.
    package let progress: RunProgress
    package let ledger: Ledger
    /// Stops the claiming of further rows.
    package let stop: StopSignal
}
