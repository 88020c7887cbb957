package import Payouts

/// The options that a person or a command chose for opening a ledger.
package struct LedgerOpening: Sendable {
    /// The action if there is no ledger, or only an empty file.
    package enum Creation: Sendable {
        /// Create a new ledger. If the key was used before, the ledger is missing: refuse.
        case ifKeyIsNew
        /// Create a second ledger with the same key.
        case secondLedger
        /// Create a new ledger that takes over the send journal of a lost one.
        case replacingLost
    }

    package enum Purpose: Sendable {
        /// Repair the ledger from its journal if needed, or refuse to open it.
        case working
        /// Change nothing. A copy, or a ledger without its journal, can be read.
        case reading
    }

    /// A person's answer about a ledger that its journal cannot confirm.
    package enum Recovery: Sendable {
        /// This is the newest ledger.
        case newest
        /// An older copy was restored, or this is not known. The bank is asked about each row before it is sent.
        case older
    }

    package var creation = Creation.ifKeyIsNew
    package var purpose = Purpose.working
    package var recovery: Recovery?
    /// Whether a person confirmed that the ledger was moved here.
    package var isMoved = false
    /// Whether the caller holds the runner lock, which covers the upgrade of an earlier version's ledger.
    package var isRunner = false
    /// Whether the ledger must be the sandbox's (`true`) or a bank's (`false`). `nil` allows both.
    package var isSandbox: Bool?
    /// The ledger's place. By default it is the path on this machine.
    package var home: LedgerHome?
    package var disk = JournalDisk.system

    package init() {}
}

/// A finding of the opening, to be shown to the person.
package enum OpeningFinding: Hashable, Sendable {
    /// The ledger had lost sends that its journal has. The numbers are rows by batch.
    case putRight([BatchReference: Int])
    /// The ledger lost the last commit of a program that died. The numbers are rows by batch.
    case lastCommitLost([BatchReference: Int])
    /// The ledger is a copy. The bank is asked about each row of these batches before it is sent.
    case isCopy([BatchReference])
    /// The ledger was last used elsewhere. The bank is asked about each row of these batches before it is sent.
    case wasElsewhere(LedgerHome, [BatchReference])
    /// A copy is being read, and its send journal has later commits.
    case isBehind
    /// The ledger is being read, and its send journal cannot be used.
    case hasNoJournal(LedgerError.JournalTrouble)
    /// A lost ledger had sent rows of a batch that was imported again now.
    case recalled(BatchReference, rows: Int)
    /// Another ledger with the same key had sent rows of these batches. The numbers are unknown rows by batch.
    case sentElsewhere([BatchReference: Int])
}
