package import Payouts

/// What the person, or the command, says about the ledger that is opened.
package struct LedgerOpening: Sendable {
    /// What happens where there is no ledger, or an empty file.
    package enum Creation: Sendable {
        /// A new ledger is made, unless its key was used before: then a ledger is missing.
        case ifKeyIsNew
        /// A person wants a second ledger under the same key.
        case secondLedger
        /// A person says that the ledger is gone: a new one takes over its send journal.
        case replacingLost
    }

    package enum Purpose: Sendable {
        /// The ledger is put right where its journal knows more, or it is not opened.
        case working
        /// Nothing is changed: a copy, or a ledger without its journal, can be looked at.
        case reading
    }

    /// What a person says of a ledger that its journal cannot speak for.
    package enum Recovery: Sendable {
        /// There is no newer one.
        case newest
        /// It was set back, or nobody knows: the bank is asked about each row before it is sent.
        case older
    }

    package var creation = Creation.ifKeyIsNew
    package var purpose = Purpose.working
    package var recovery: Recovery?
    /// A person's word that the ledger was moved here.
    package var isMoved = false
    /// Whether the caller holds the runner's lock: a ledger of an earlier version is then taken over under it.
    package var isRunner = false
    /// Whether it must be the sandbox's ledger, or must not be; `nil` where both will do.
    package var isSandbox: Bool?
    /// Where the ledger lies; by default what the machine says.
    package var home: LedgerHome?
    package var disk = JournalDisk.system

    package init() {}
}

/// What an opening found out, for the person to be told.
package enum OpeningFinding: Hashable, Sendable {
    /// The ledger had forgotten sends that its journal knows: rows by batch.
    case putRight([BatchReference: Int])
    /// The last commit of a program that died is not in the ledger: rows by batch.
    case lastCommitLost([BatchReference: Int])
    /// The ledger is a copy: the bank is asked about each row of these batches before it is sent.
    case isCopy([BatchReference])
    /// The ledger was last used elsewhere, and the same follows.
    case wasElsewhere(LedgerHome, [BatchReference])
    /// A copy is looked at, and its send journal knows more.
    case isBehind
    /// The ledger is looked at, and its send journal cannot be used.
    case hasNoJournal(LedgerError.JournalTrouble)
    /// Rows of a batch that was imported again had been sent from a ledger that is lost.
    case recalled(BatchReference, rows: Int)
}
