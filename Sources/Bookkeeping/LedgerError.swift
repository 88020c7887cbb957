import PaymentValues
package import Payouts

/// An error of the ledger, with a message for the person who runs the program.
package enum LedgerError: Error, Hashable {
    case cannotOpen(path: String, reason: String)
    case notALedger(path: String)
    case newerVersion(path: String)
    case tooOld(path: String)
    case damaged(path: String, reason: String)
    /// The write-ahead log has a committed frame after a bad one.
    case logDamaged(path: String)
    /// There is no ledger, but its key was used before.
    ///
    /// - Parameter others: the paths at which the ledgers of this key were last used.
    case isMissing(path: String, others: [String])
    /// Another ledger has this key.
    case isSecond(path: String, others: [String])
    /// The ledger is a copy, and the original is still in its place.
    case isCopy(path: String, original: String)
    /// The ledger belongs to the sandbox but a bank's was requested, or the other way round.
    case otherKind(path: String, isSandbox: Bool)
    case journalUnusable(ledger: String, journal: String, trouble: JournalTrouble)
    /// A person rejected the batch, so it cannot be approved or rejected again.
    case wasRejected(BatchReference, by: String)
    /// The person has approved the batch in its present form.
    case alreadyApproved(BatchReference)
    case nothingToReject(BatchReference)
    /// The batch cannot be cancelled as a whole, because some of its rows were sent or may have been.
    case alreadyStarted(BatchReference)
    /// A record of the ledger was changed after it was written.
    case altered(path: String, what: String)
    /// Another ledger with the same key sent this file.
    case sentFromAnotherLedger(BatchReference, path: String)
    case cannotRead(path: String, reason: String)
    case cannotWrite(path: String, reason: String)
    /// The ledger was deleted or replaced while it was open.
    case isGone(path: String)
    case diskAlmostFull(path: String, freeBytes: Int64, reserveBytes: Int64)
    case keyMissing(path: String)
    case keyUnreadable(path: String, reason: String)
    case keyDoesNotFit(path: String, ledger: String)
    case keyReplaced(ledger: String)
    case cardDoesNotOpen(row: Int)
    case runnerBusy(holder: String)
    case alreadyImported(as: [BatchReference])
    case referenceTaken(BatchReference)
    case noSuchBatch(String)
    case boundToAnotherBank(batch: BatchReference, bound: String, asked: String)
    case illegalTransition(row: Int, from: PayoutState, to: PayoutState)
    /// The row is no longer in the expected state, because another process changed it first.
    case stateHasChanged(row: Int, expected: PayoutState)
    case noSuchRow(Int)
    /// The row waits to be sent again, after a send that may have paid it.
    case mayBePaid(row: Int)
    /// The row is refused in a ledger that may lack later sends of it.
    case mayHaveBeenSentAgain(row: Int)
    case nothingToDecide(row: Int, state: PayoutState)
    case notToWithdraw(row: Int, state: PayoutState)
    /// The approver stated other totals than the batch has.
    case otherTotals(batch: BatchReference, stated: ControlTotals, actual: ControlTotals)
    /// The batch has corrections that the approver did not see.
    /// - Parameter count: the number of all corrections.
    case correctionsNotKnown(BatchReference, count: Int)
    /// The approver imported or corrected the batch.
    /// - Parameter made: `imported` or `corrected`.
    case approverIsMaker(who: String, made: String)
}

extension LedgerError {
    /// The reason why the send journal cannot confirm its ledger.
    package enum JournalTrouble: Hashable, Sendable {
        case missing
        case older
        case damaged
        /// The journal and the ledger do not belong to the same copy.
        case parted

        fileprivate func text(_ journal: String, _ ledger: String) -> String {
            switch self {
            case .missing: "the send journal \(journal) is missing"
            case .older: "the send journal \(journal) is older than the ledger \(ledger)"
            case .damaged: "the send journal \(journal) is damaged"
            case .parted: "the send journal \(journal) and the ledger \(ledger) are not of the same copy"
            }
        }
    }
}

extension LedgerError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .cannotOpen(let path, let reason):
            "the ledger \(path) cannot be opened (\(reason)): check that its folder exists and that you may write to "
                + "it, or name another with --ledger"
        case .notALedger(let path):
            "\(path) is not a payout ledger: name the right file with --ledger; nothing in it was changed"
        case .newerVersion(let path):
            "the ledger \(path) was written by a newer version of payout: update the program; nothing was changed"
        case .tooOld(let path):
            "the ledger \(path) was written by a version of payout that is too old for this one: nothing was changed. "
                + "First open it once with a version of payout between the two"
        case .damaged(let path, let reason):
            "the ledger \(path) is damaged (\(reason)): nothing was sent. Put a sound copy in its place: the send "
                + "journal knows what was sent since then. Without a copy, move the damaged file away and use payout "
                + "ledger recover --lost"
        case .logDamaged(let path):
            "the log \(path)-wal is damaged in its middle: committed payouts follow the damage. Nothing was sent, and "
                + "nothing was changed. Put a sound copy of the ledger and its log in their place, or set the log "
                + "aside with payout ledger recover --older: the bank is then asked about each row before it is sent"
        case .isMissing(let path, let others):
            "there is no ledger at \(path), or the file is empty, but its key was used before"
                + (others.isEmpty ? "" : " (by the ledger \(others.joined(separator: ", ")))")
                + ": nothing was created and nothing was sent. Name the right ledger with --ledger, or put it back. If it is "
                + "lost for good: payout ledger recover --lost. For a second, separate ledger: --new-ledger"
        case .isSecond(let path, let others):
            "the key of the ledger \(path) belongs to another one (\(others.joined(separator: ", "))): nothing was "
                + "sent. Use that ledger, or add --new-ledger if you want both"
        case .isCopy(let path, let original):
            "\(path) is a copy of the ledger \(original), which is still there: nothing was sent, because both would "
                + "pay the same rows. Use \(original). If this copy replaces it, move the original away first and add "
                + "--moved"
        case .otherKind(let path, let isSandbox):
            isSandbox
                ? "\(path) is the ledger of the sandbox, where no money moves: add --sandbox, or name another ledger with "
                    + "--ledger. Nothing was sent"
                : "\(path) is the ledger of a real bank, and the sandbox has one of its own: leave out --ledger, or name "
                    + "another file. Nothing was sent"
        case .journalUnusable(let ledger, let journal, let trouble):
            trouble.text(journal, ledger)
                + ". So payout cannot tell whether this is the newest copy of the ledger. Nothing was sent. Put the right "
                + "journal back. If you know that no newer copy of this ledger was ever used: payout ledger recover --newest. "
                + "If an older copy was put back, or you are not sure: payout ledger recover --older"
        case .altered(let path, let what):
            "the ledger \(path) was changed outside payout: \(what). Nothing more is sent. Run payout ledger "
                + "verify, keep the file, and put a sound copy in its place"
        case .sentFromAnotherLedger(let reference, let path):
            "this file was already sent as “\(reference)” from the ledger \(path): use that ledger, or, to pay the "
                + "same file again on purpose, use --reference NEW-NAME"
        case .cannotRead(let path, let reason):
            "the ledger \(path) cannot be read (\(reason))"
        case .cannotWrite(let path, let reason):
            "the ledger \(path) cannot be written (\(reason)): nothing more is sent. Fix the cause and run again: "
                + "payout then asks the bank about every request that was in flight"
        case .isGone(let path):
            "\(path) was deleted or replaced while the program ran: nothing more is sent. Put the file back: the send "
                + "journal knows what this run did. If it is lost for good: payout ledger recover --lost"
        case .diskAlmostFull(let path, let free, let reserve):
            "only \(free / 1_048_576) MiB are free on the disk of the ledger \(path), and payout keeps "
                + "\(reserve / 1_048_576) MiB for the answers to requests in flight: free some space and run again"
        case .keyMissing(let path):
            "the key file \(path) is missing, and the ledger's cards are sealed with it: restore it, or name it with "
                + "PAYOUT_KEY_FILE"
        case .keyUnreadable(let path, let reason):
            "the key file \(path) cannot be used (\(reason)): it must hold 64 hexadecimal digits and belong to you"
        case .keyDoesNotFit(let path, let ledger):
            "the key in \(path) does not open the ledger \(ledger): name the key it was made with (PAYOUT_KEY_FILE); "
                + "nothing was changed"
        case .keyReplaced(let ledger):
            "the key of the ledger \(ledger) was rotated in the meantime: nothing was changed. Repeat the command"
        case .cardDoesNotOpen(let row):
            "row \(row) was changed in the ledger after it was imported: it is not sent, and the run stops. Run "
                + "payout ledger verify, keep the file, and put a sound copy in its place"
        case .runnerBusy(let holder):
            "another run is using this ledger: \(holder). Wait until it ends; this run sent nothing"
        case .alreadyImported(let references):
            "this file was imported already, as \(references.map(\.name).joined(separator: ", ")): use that name. "
                + "To pay the same file again on purpose, use --reference NEW-NAME"
        case .referenceTaken(let reference):
            "another file was imported as “\(reference)”: choose another name with --reference"
        case .noSuchBatch(let name):
            "there is no batch “\(name)” in this ledger: payout status lists the batches"
        case .boundToAnotherBank(let batch, let bound, let asked):
            "batch “\(batch)” was started at \(bound) and cannot continue at \(asked), because that bank does not "
                + "know what was paid: set PAYOUT_BANK_URL back. If it is the same bank at a new address, add "
                + "--same-bank. To pay the file there from the start, import it with another --reference"
        case .illegalTransition(let row, let from, let to):
            "row \(row) cannot go from \(from.rawValue) to \(to.rawValue)"
        case .stateHasChanged(let row, let expected):
            "row \(row) is no longer \(expected.rawValue): another process changed it"
        case .noSuchRow(let row):
            "the batch has no row \(row): rows are numbered as Excel shows them"
        case .mayBePaid(let row):
            "row \(row) was sent before and may be paid: run the batch first, so that payout asks the bank; then "
                + "withdraw it"
        case .mayHaveBeenSentAgain(let row):
            "row \(row) is refused, but this ledger may be older than the last run: the row may have been sent again, and "
                + "paid; nothing was changed. Leave the row as it is. Or run it again: payout asks the bank first"
        case .nothingToDecide(let row, let state):
            "row \(row) is \(state.rawValue): a person can decide only about unknown rows and rows in dispute; "
                + "nothing was changed"
        case .notToWithdraw(let row, let state):
            "row \(row) is \(state.rawValue): only refused rows and rows that were not sent can be withdrawn"
        case .otherTotals(let batch, let stated, _):
            // Do not print the batch's own totals: the approver must know them from another source.
            "batch “\(batch)” does not have \(stated.rows) rows for \(stated.sum) so‘m (\(stated.sum.count) tiyin): it is not "
                + "approved. Compare your source with the file that the maker was given"
        case .correctionsNotKnown(let batch, let count):
            "batch “\(batch)” is not approved: the number of its corrections is \(count). Read them, and add --corrections "
                + "\(count) if they are right"
        case .wasRejected(let batch, let who):
            "\(who) rejected batch “\(batch)”: it is not approved. Correct its refused rows, or cancel it and import the "
                + "right file"
        case .alreadyApproved(let batch): "you have approved batch “\(batch)” already: nothing was changed"
        case .nothingToReject(let batch): "nothing of batch “\(batch)” waits to be sent: there is nothing to reject"
        case .alreadyStarted(let batch):
            "something of batch “\(batch)” was sent or withdrawn already, so it cannot be cancelled as a whole: withdraw its "
                + "rows with payout withdraw. Nothing was changed"
        case .approverIsMaker(let who, let made):
            "\(who) \(made) this batch, so another person must approve it; it is not approved"
        }
    }
}
