import Bookkeeping
import Logging
import Operations
import Payouts
import Reports
import Synchronization

/// Shows the findings of an opened ledger, and keeps them for the exit status and the JSON document.
final class LedgerNotices: Sendable {
    static let shared = LedgerNotices()

    private let rows = Mutex<[BatchReference: Int]?>(nil)

    /// The number of rows by batch that the ledger had lost and the send journal had. `nil` if the ledger was not
    /// behind.
    var putRight: [BatchReference: Int]? { rows.withLock { $0 } }

    /// The same numbers for JSON documents.
    var document: SummaryDocument.PutRight? { putRight.map(SummaryDocument.PutRight.init) }

    /// Shows a finding to the person.
    func tell(of finding: OpeningFinding, _ path: String, _ console: Console) {
        switch finding {
        case .putRight(let more), .sentElsewhere(let more): remember(more)
        case .recalled(let batch, let more): remember([batch: more])
        case .lastCommitLost, .isCopy, .wasElsewhere, .isBehind, .hasNoJournal: break
        }
        console.say(
            finding.text(path, in: console.lineLanguage), level: .warning,
            message: "the ledger was looked at as it was opened")
    }

    private func remember(_ more: [BatchReference: Int]) {
        rows.withLock { $0 = ($0 ?? [:]).merging(more, uniquingKeysWith: +) }
    }
}
