import Bookkeeping
import Payouts
import Synchronization

/// The statements of batches for the list. Each state of a row is counted again only after the batch had an event.
final class StatementCache: Sendable {
    private let state = Mutex(State())

    private struct State {
        var lastEvent: Int64?
        var statements: [BatchID: BatchStatement] = [:]
    }

    /// Forgets the statements of the batches that changed. Call it before ``statement(of:in:)``.
    func refresh(from ledger: Ledger) throws(LedgerError) {
        let changes = try ledger.changes(since: state.withLock { $0.lastEvent })
        state.withLock { state in
            for batch in changes.batches { state.statements[batch] = nil }
            state.lastEvent = max(state.lastEvent ?? 0, changes.lastEvent)
        }
    }

    /// Returns the statement of a batch.
    func statement(of batch: BatchID, in ledger: Ledger) throws(LedgerError) -> BatchStatement {
        let (known, lastEvent) = state.withLock { ($0.statements[batch], $0.lastEvent) }
        if let known { return known }
        let statement = try ledger.statement(of: batch)
        // Do not keep a statement that may be older than the last change of the ledger.
        state.withLock { if $0.lastEvent == lastEvent { $0.statements[batch] = statement } }
        return statement
    }
}
