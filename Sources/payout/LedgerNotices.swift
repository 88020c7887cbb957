import Bookkeeping
import Logging
import Payouts
import Reports
import Synchronization

/// What was found out while the ledger was opened. A person is told once, and the exit status remembers it.
final class LedgerNotices: Sendable {
    static let shared = LedgerNotices()

    private let rows = Mutex<[BatchReference: Int]?>(nil)

    /// Rows that the ledger had forgotten and its send journal knew, by batch; `nil` where the ledger was not behind.
    var putRight: [BatchReference: Int]? { rows.withLock { $0 } }

    /// The same, for the JSON documents.
    var document: SummaryDocument.PutRight? { putRight.map(SummaryDocument.PutRight.init) }

    /// Tells the person what the ledger has found out since it was last asked.
    func tell(of ledger: Ledger, _ console: Console) {
        let findings = ledger.findings.withLock { findings in
            defer { findings = [] }
            return findings
        }
        for finding in findings {
            switch finding {
            case .putRight(let more): remember(more)
            case .recalled(let batch, let more): remember([batch: more])
            case .lastCommitLost, .isCopy, .wasElsewhere, .isBehind, .hasNoJournal: break
            }
            console.say(
                Self.text(of: finding, ledger.path), level: .warning,
                message: "the ledger was looked at as it was opened")
        }
    }

    private func remember(_ more: [BatchReference: Int]) {
        rows.withLock { $0 = ($0 ?? [:]).merging(more, uniquingKeysWith: +) }
    }

    private static func text(of finding: OpeningFinding, _ path: String) -> String {
        switch finding {
        case .putRight(let rows) where rows.isEmpty:
            "the ledger \(path) is behind its send journal: an older copy was put back, or part of its log was lost. It has "
                + "forgotten nothing that was sent; decisions, corrections and approvals made since are gone"
        case .putRight(let rows):
            "the ledger \(path) is behind its send journal: an older copy was put back, or part of its log was lost. "
                + "\(list(rows)) had been sent, and the ledger did not know it: they are unknown now. The bank is asked about "
                + "them, and they are not sent again. Decisions, corrections and approvals made since are gone; withdrawals are repeated"
        case .lastCommitLost(let rows):
            "the last commit of an earlier run is not in the ledger \(path): \(list(rows)) may have been sent and are unknown "
                + "now. The bank is asked about them"
        case .isCopy(let batches):
            "the ledger \(path) is a copy: something may have been sent since it was made. The bank is asked about each row "
                + "before it is sent (\(names(batches)))"
        case .wasElsewhere(let home, let batches):
            "the ledger \(path) was last used at \(home.path)\(home.machine == LedgerHome.here(path).machine ? "" : " on another machine"): "
                + "the bank is asked about each row before it is sent (\(names(batches))). Next time, say --moved "
                + "when you move it"
        case .isBehind:
            "\(path) is behind its send journal: what it shows is older than what was sent"
        case .hasNoJournal(let trouble):
            "the send journal of \(path) \(Self.text(of: trouble)): what is shown may not be the newest. payout run says what to do"
        case .recalled(let batch, let rows):
            "\(list([batch: rows])) had been sent from a ledger that is lost: they are unknown now. The bank is asked about "
                + "them, and they are not sent again"
        }
    }

    private static func text(of trouble: LedgerError.JournalTrouble) -> String {
        switch trouble {
        case .missing: "is missing"
        case .older: "is older than the ledger"
        case .damaged: "is damaged"
        case .parted: "is not of the same copy"
        }
    }

    private static func list(_ rows: [BatchReference: Int]) -> String {
        rows.sorted { $0.key.name < $1.key.name }
            .map { "\($0.value) \($0.value == 1 ? "row" : "rows") of batch “\($0.key)”" }.joined(separator: ", ")
    }

    private static func names(_ batches: [BatchReference]) -> String {
        batches.isEmpty ? "no batch has any left" : batches.map { "batch “\($0)”" }.joined(separator: ", ")
    }
}
