import Payouts

extension OpeningFinding {
    /// Returns a message for the administrator: the event and its consequence.
    ///
    /// - Parameter path: the path of the ledger.
    package func text(_ path: String) -> String {
        switch self {
        case .putRight(let rows) where rows.isEmpty:
            "the ledger \(path) is behind its send journal: an older copy was restored, or part of its log was lost. "
                + "No send is lost, but later decisions, corrections and approvals are gone"
        case .putRight(let rows):
            "the ledger \(path) is behind its send journal: an older copy was restored, or part of its log was lost. "
                + "\(Self.list(rows)) had been sent, but the ledger did not know it: they are unknown now. payout asks the bank about "
                + "them, and does not send them again. Later decisions, corrections and approvals are gone; withdrawals are repeated"
        case .lastCommitLost(let rows):
            "the last commit of an earlier run is not in the ledger \(path): \(Self.list(rows)) may have been sent and are unknown "
                + "now. payout asks the bank about them"
        case .isCopy(let batches):
            "the ledger \(path) is a copy: rows may have been sent since it was made. payout asks the bank about each row "
                + "before it sends the row (\(Self.names(batches)))"
        case .wasElsewhere(let home, let batches):
            "the ledger \(path) was last used at \(home.path)\(home.machine == LedgerHome.here(path).machine ? "" : " on another machine"): "
                + "payout asks the bank about each row before it sends the row (\(Self.names(batches))). Next time, add --moved "
                + "when you move it"
        case .isBehind:
            "\(path) is behind its send journal: it does not show the latest sends"
        case .hasNoJournal(let trouble):
            "the send journal of \(path) \(Self.text(of: trouble)): the data may not be the newest. payout run says what to do"
        case .recalled(let batch, let rows):
            "\(Self.list([batch: rows])) had been sent from a ledger that is lost: they are unknown now. payout asks the bank about "
                + "them, and does not send them again"
        case .sentElsewhere(let rows):
            "another ledger with the same key had sent the same files: \(Self.list(rows)) are unknown now. payout asks the bank "
                + "about each row before it sends the row. Use only one of the two ledgers from now on"
        }
    }

    private static func text(of trouble: LedgerError.JournalTrouble) -> String {
        switch trouble {
        case .missing: "is missing"
        case .older: "is older than the ledger"
        case .damaged: "is damaged"
        case .parted: "belongs to another copy"
        }
    }

    private static func list(_ rows: [BatchReference: Int]) -> String {
        rows.sorted { $0.key.name < $1.key.name }
            .map { "\($0.value) \($0.value == 1 ? "row" : "rows") of batch “\($0.key)”" }.joined(separator: ", ")
    }

    private static func names(_ batches: [BatchReference]) -> String {
        batches.isEmpty ? "no batch has unsent rows" : batches.map { "batch “\($0)”" }.joined(separator: ", ")
    }
}
