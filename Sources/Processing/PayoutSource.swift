import Bookkeeping
import Payouts
import Synchronization

/// Hands out the queued rows of a batch in the file's order, each once, reading the ledger page by page.
final class PayoutSource: Sendable {
    private struct State {
        var page: ArraySlice<PendingPayout> = []
        var lastRow = 0
        var isExhausted = false
    }

    private let ledger: Ledger
    private let batch: BatchRecord
    private let senderName: String
    private let pageSize: Int
    private let state = Mutex(State())

    init(ledger: Ledger, batch: BatchRecord, senderName: String, pageSize: Int = 128) {
        self.ledger = ledger
        self.batch = batch
        self.senderName = senderName
        self.pageSize = pageSize
    }

    func next() throws(LedgerError) -> PendingPayout? {
        try state.withLock { state throws(LedgerError) in
            if state.page.isEmpty, !state.isExhausted {
                let page = try ledger.pending(in: batch, senderName: senderName, after: state.lastRow, limit: pageSize)
                state.page = page[...]
                state.lastRow = page.last?.attempt.row ?? state.lastRow
                state.isExhausted = page.count < pageSize
            }
            return state.page.popFirst()
        }
    }
}
