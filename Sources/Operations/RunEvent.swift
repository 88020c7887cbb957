package import Bookkeeping
package import PaymentValues
package import PayoutFiles
package import Payouts
package import Processing

/// An event during a use case. The use case tells its observer at once. An observer must not block.
package enum RunEvent: Sendable {
    // The ledger and the file.
    /// The ledger found something when it was opened or stored a batch.
    case ledgerNoticed(OpeningFinding, ledger: String)
    /// The ledger does not open, so the check of the file ignores other batches.
    case otherBatchesNotLookedUp(OperationError)
    case fileChecked(PayoutFile)
    /// The findings in a file or a table of corrections; may be empty.
    case findings(FindingLog)
    case imported(BatchReference)

    // Before anything is sent.
    case batchChosen(BatchReference, toSend: ControlTotals, accounts: [SettlementAccount])
    case correctionsPlanned(CorrectionPlan, before: ControlTotals)
    case nothingToRerun(BatchReference)
    /// All checks have passed, and the run starts.
    case started(BatchReference)

    // While the run sends to the bank or asks it.
    case working(RunWork)
    case moved(PayoutMove)
    case rerunAnswered([Int: Rerun.Answer])
    /// The bank reports that it reversed a paid payout.
    case reversed(row: Int)
    case workEnded

    // The end.
    case ended(BatchStatement, RunEnding, Ledger)
    case reportWritten(path: String)
}

/// What the observer may read and do while the run works with the bank.
package struct RunWork: Sendable {
    package let batch: BatchRecord
    /// The progress at the start; apply each move that follows to it.
    package let progress: RunProgress
    package let ledger: Ledger
    /// Makes the run claim no further rows.
    package let stop: StopSignal
}
