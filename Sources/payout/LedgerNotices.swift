import Bookkeeping
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
            if case .putRight(let more) = finding {
                rows.withLock { $0 = ($0 ?? [:]).merging(more, uniquingKeysWith: +) }
            }
            console.say(
                Self.text(of: finding, ledger.path), level: .warning,
                message: "the ledger was looked at as it was opened")
        }
    }

    private static func text(of finding: OpeningFinding, _ path: String) -> String {
        switch finding {
        case .putRight(let rows) where rows.isEmpty:
            "the ledger \(path) is behind its send journal: an older copy was put back, or part of its log was lost. It has "
                + "forgotten nothing that was sent; decisions, corrections and approvals made since are gone"
        case .putRight(let rows):
            "the ledger \(path) is behind its send journal: an older copy was put back, or part of its log was lost. "
                + "\(list(rows)) had been sent, and the ledger did not know it: they are unknown now. The bank is asked about "
                + "them, and they are not sent again. Decisions, corrections and approvals made since are gone"
        case .lastCommitLost(let rows):
            "the last commit of an earlier run is not in the ledger \(path): \(list(rows)) may have been sent and are unknown "
                + "now. The bank is asked about them"
        case .isCopy(let batches):
            "the ledger \(path) is a copy: something may have been sent since it was made. The bank is asked about each row "
                + "before it is sent (\(names(batches)))"
        case .wasElsewhere(let home, let batches):
            "the ledger \(path) was last used at \(home.path)\(home.machine == LedgerHome.here(path).machine ? "" : " on another machine"): "
                + "the bank is asked about each row before it is sent (\(names(batches))). If it was moved on purpose and nothing "
                + "was sent meanwhile, --moved says so"
        case .notCompared:
            "the ledger \(path) was not compared with its send journal: it may be older than the newest one"
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
