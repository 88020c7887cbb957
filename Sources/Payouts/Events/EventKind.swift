/// The kind of an event in the ledger. The ledger stores the name of the case, so never rename a case.
package enum EventKind: String, Hashable, Sendable, CaseIterable {
    // About a batch as a whole.
    case imported, approved, bound, bankMoved, asksFirst, warningsAccepted, correctionWarningsAccepted
    case runStarted, runEnded, bankAsked, paused, resumed, clockSet, putRight
    case approvalsNeeded, rejected, cancelled, sendingConfirmed, namesErased
    // About one row.
    case claimed, settled, reversed, attemptOfLostLedger
    case askedAboutUnknown, askedBeforeSending, askedBeforeRerun
    case corrected, decided, withdrawn, verdictProposed

    /// Actions of people on single rows: corrections, reruns, verdicts and withdrawals.
    package static let manualActions: [EventKind] = [
        .corrected, .askedBeforeRerun, .decided, .withdrawn, .verdictProposed,
    ]
}
