import Bookkeeping
import Payouts
import Synchronization

/// Supplies the queued rows of a batch in the file's order, each once. It reads the ledger in pages. The pages are
/// small, because answers wait while a page is read. It decrypts a card only when it supplies the row.
final class PayoutSource: Sendable {
    private struct State {
        var page: ArraySlice<QueuedPayout> = []
        var lastRow = 0
        var isExhausted = false
    }

    private let ledger: Ledger
    private let batch: BatchRecord
    private let senderName: String
    private let pageSize: Int
    private let state = Mutex(State())

    init(ledger: Ledger, batch: BatchRecord, senderName: String, pageSize: Int = 32) {
        self.ledger = ledger
        self.batch = batch
        self.senderName = senderName
        self.pageSize = pageSize
    }

    func next() throws(LedgerError) -> PendingPayout? {
        try state.withLock { state throws(LedgerError) in
            if state.page.isEmpty, !state.isExhausted {
                let page = try ledger.queued(in: batch.id, after: state.lastRow, limit: pageSize)
                state.page = page[...]
                state.lastRow = page.last?.attempt.row ?? state.lastRow
                state.isExhausted = page.count < pageSize
            }
            guard let next = state.page.first else { return nil }
            // If the card cannot be decrypted, its row stays next in line. No slot continues past it.
            let opened = try ledger.opened(next, of: batch, senderName: senderName)
            state.page.removeFirst()
            return opened
        }
    }
}
