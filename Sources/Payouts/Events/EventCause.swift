/// Why an event came about. The ledger stores it as a kind and JSON; reports and pages put it into words.
package enum EventCause: Hashable, Sendable {
    case imported(ControlTotals)
    case approved(ControlTotals, Confirmation? = nil)
    /// The batch now belongs to a bank, named by its address. Happens before the first row is sent.
    case bound(to: String)
    case bankMoved(from: String, to: String)
    /// The ledger was built again, so the bank is asked about each row before it is sent.
    case asksFirst
    case warningsAccepted(Warnings)
    case correctionWarningsAccepted(Warnings)
    case runStarted
    case runEnded(RunEnd)
    /// The bank was asked about rows, one question each. One event stands for a whole pass.
    case bankAsked(Questions)
    case paused(ReasonCode)
    case resumed
    /// The clock was set, so every quiet period starts again.
    case clockSet
    /// The send journal knew sends that the ledger had forgotten.
    case putRight(rows: Int)
    /// The number of people who must approve the batch before it is sent, if it is more than one.
    case approvalsNeeded(Int)
    /// A person refused to approve the batch: nothing more of it is sent unless it is corrected.
    case rejected(note: String)
    /// A person withdrew every row of a batch that nobody had started.
    case cancelled(note: String)
    /// A person confirmed with a second factor that these totals may be sent.
    case sendingConfirmed(ControlTotals, Confirmation)
    /// The row may be sent once. Says nothing more: it is one of the two events of each payout.
    case claimed
    /// The row changed its state, and where it is not paid, for this reason.
    case settled(ReasonCode?)
    /// The bank took a payout back. The row stays paid.
    case reversed
    /// The bank knows an attempt of a ledger that is lost.
    case attemptOfLostLedger
    /// The bank was asked about the row, and where the row is not paid, it gave this reason.
    case asked(Asking, ReasonCode?)
    case corrected(RowChanges)
    /// A person found out what became of the row. The note has no full card number.
    case decided(note: String, evidence: RowVerdict.Evidence? = nil)
    /// A person does not want the row to be paid. The note has no full card number.
    case withdrawn(note: String)
    /// A person's verdict that counts once another person gives the same. The note has no full card number.
    case verdictProposed(RowVerdict)

    /// When the bank was asked about a row.
    package enum Asking: Hashable, Sendable, CaseIterable {
        case aboutUnknown, beforeSending, beforeRerun
    }

    /// What a person confirmed an act with, beside a password.
    package enum Confirmation: String, Hashable, Sendable, CaseIterable {
        /// A code of an authenticator app.
        case code
        case recoveryCode
    }

    package struct Warnings: Hashable, Sendable {
        package let count: Int
        /// Empty in old ledgers, which kept the number only.
        package let kinds: [WarningKind: Int]

        package init(count: Int, kinds: [WarningKind: Int]) {
            self.count = count
            self.kinds = kinds
        }
    }

    /// How a run ended.
    package enum RunEnd: Hashable, Sendable {
        case finished
        case paused(ReasonCode)
        case bankUnreachable(ReasonCode)
    }

    /// The questions of one pass.
    package struct Questions: Hashable, Sendable {
        package let subject: Subject
        package let asked: Int
        /// How many of these rows changed their state.
        package let settled: Int

        /// Which rows the bank was asked about.
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
