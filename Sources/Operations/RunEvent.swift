package import Bookkeeping
package import PaymentValues
package import PayoutFiles
package import Payouts
package import Processing

/// An event during a use case. The use case reports it to its observer immediately. An observer must not block.
package enum RunEvent: Sendable {
    // The ledger and the file.
    /// The ledger has a finding about its opening or about storing a batch.
    case ledgerNoticed(OpeningFinding, ledger: String)
    /// The ledger does not open, so the file is not compared with other batches.
    case otherBatchesNotLookedUp(OperationError)
    case fileChecked(PayoutFile)
    /// The findings in a file or a table of corrections. There may be none.
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

/// The progress and the stop signal, for the observer of a run.
package struct RunWork: Sendable {
    package let batch: BatchRecord
    /// The progress at the start. Apply each following move to it.
    package let progress: RunProgress
    package let ledger: Ledger
    /// Makes the run claim no further rows.
    package let stop: StopSignal
}
