/// The cause of an event. The ledger stores it as a kind and JSON. Reports and pages turn it into words.
package enum EventCause: Hashable, Sendable {
    case imported(ControlTotals)
    case approved(ControlTotals, Confirmation? = nil)
    /// The batch now belongs to a bank, named by its address. Happens before the first row is sent.
    case bound(to: String)
    case bankMoved(from: String, to: String)
    /// The ledger was rebuilt. From now on the program asks the bank about each row before it sends the row.
    case asksFirst
    case warningsAccepted(Warnings)
    case correctionWarningsAccepted(Warnings)
    case runStarted
    case runEnded(RunEnd)
    /// The program asked the bank about rows, with one question for each. One event covers a whole pass.
    case bankAsked(Questions)
    case paused(ReasonCode)
    case resumed
    /// The clock was set, so every quiet period starts again.
    case clockSet
    /// The send journal had sends that were missing from the ledger.
    case putRight(rows: Int)
    /// The batch needs this many approvals before it is sent. Recorded if it is more than one.
    case approvalsNeeded(Int)
    /// A person rejected the batch. Nothing more of it is sent unless it is corrected.
    case rejected(note: String)
    /// A person withdrew every row of a batch that nobody had started.
    case cancelled(note: String)
    /// A person confirmed with a second factor that these totals may be sent.
    case sendingConfirmed(ControlTotals, Confirmation)
    /// A person erased the names and ids of settled rows.
    case namesErased(rows: Int)
    /// The row may be sent once. Says nothing more: it is one of the two events of each payout.
    case claimed
    /// The row changed its state. The code is the reason if the row is not paid.
    case settled(ReasonCode?)
    /// The bank took a payout back. The row stays paid.
    case reversed
    /// The bank knows an attempt from a lost ledger.
    case attemptOfLostLedger
    /// The program asked the bank about the row. The code is the reason if the row is not paid.
    case asked(Asking, ReasonCode?)
    case corrected(RowChanges)
    /// A person recorded the result of the row. The note has no full card number.
    case decided(note: String, evidence: RowVerdict.Evidence? = nil)
    /// A person does not want the row to be paid. The note has no full card number.
    case withdrawn(note: String)
    /// A person proposed a verdict. It counts after another person gives the same one. The note has no full card
    /// number.
    case verdictProposed(RowVerdict)

    /// The occasion on which the bank was asked about a row.
    package enum Asking: Hashable, Sendable, CaseIterable {
        case aboutUnknown, beforeSending, beforeRerun
    }

    /// The second factor, besides a password, by which a person confirmed an action.
    package enum Confirmation: String, Hashable, Sendable, CaseIterable {
        /// A code of an authenticator app.
        case code
        case recoveryCode
    }

    package struct Warnings: Hashable, Sendable {
        package let count: Int
        /// The kinds. Empty in old ledgers, which stored the number only.
        package let kinds: [WarningKind: Int]

        package init(count: Int, kinds: [WarningKind: Int]) {
            self.count = count
            self.kinds = kinds
        }
    }

    /// The way in which a run ended.
    package enum RunEnd: Hashable, Sendable {
        case finished
        case paused(ReasonCode)
        case bankUnreachable(ReasonCode)
    }

    /// The questions of one pass.
    package struct Questions: Hashable, Sendable {
        package let subject: Subject
        package let asked: Int
        /// The number of these rows that changed their state.
        package let settled: Int

        /// The rows that the bank was asked about.
        package enum Subject: String, Hashable, Sendable, CaseIterable {
            case unknown, notSent, refused, paid
        }

        package init(about subject: Subject, asked: Int, settled: Int) {
            self.subject = subject
            self.asked = asked
            self.settled = settled
        }
    }

    package var kind: EventKind {
        switch self {
        case .imported: .imported
        case .approved: .approved
        case .bound: .bound
        case .bankMoved: .bankMoved
        case .asksFirst: .asksFirst
        case .warningsAccepted: .warningsAccepted
        case .correctionWarningsAccepted: .correctionWarningsAccepted
        case .runStarted: .runStarted
        case .runEnded: .runEnded
        case .bankAsked: .bankAsked
        case .paused: .paused
        case .resumed: .resumed
        case .clockSet: .clockSet
        case .putRight: .putRight
        case .approvalsNeeded: .approvalsNeeded
        case .rejected: .rejected
        case .cancelled: .cancelled
        case .sendingConfirmed: .sendingConfirmed
        case .namesErased: .namesErased
        case .claimed: .claimed
        case .settled: .settled
        case .reversed: .reversed
        case .attemptOfLostLedger: .attemptOfLostLedger
        case .asked(.aboutUnknown, _): .askedAboutUnknown
        case .asked(.beforeSending, _): .askedBeforeSending
        case .asked(.beforeRerun, _): .askedBeforeRerun
        case .corrected: .corrected
        case .decided: .decided
        case .withdrawn: .withdrawn
        case .verdictProposed: .verdictProposed
        }
    }
}
