import Dispatch
import GRDB
import Payouts
import Synchronization

/// Commits changes in groups (group commit). While one group is made durable, the next one gathers. The number of
/// fsyncs depends on the number of groups, not on the number of rows.
///
/// A change is not lost if the task that asked for it is cancelled, because another thread applies it. After the first
/// failure of the disk or of SQLite, the queue writes nothing more.
package final class CommitQueue: Sendable {
    private struct State {
        var waiting: [Change] = []
        var isCommitting = false
        var failure: LedgerError?
    }

    let ledger: Ledger
    private let perform: @Sendable (@escaping @Sendable () -> Void) -> Void
    private let state = Mutex(State())

    /// Makes a queue.
    /// - Parameter perform: runs the blocking work of a commit. By default it uses a thread of its own.
    package init(ledger: Ledger, perform: (@Sendable (@escaping @Sendable () -> Void) -> Void)? = nil) {
        self.ledger = ledger
        let thread = DispatchQueue(label: "ledger commits")
        self.perform = perform ?? { work in thread.async(execute: work) }
    }

    /// Applies a change and returns once it is on disk. A change must check everything before its first write. A change
    /// that throws a ``LedgerError`` must have written nothing, because the rest of its group is still committed.
    func commit<T: Sendable>(_ change: @escaping @Sendable (Database) throws -> T) async throws(LedgerError) -> T {
        let result: Result<T, LedgerError> = await withCheckedContinuation { continuation in
            add(
                Change(
                    apply: { db in
                        let result: Result<T, LedgerError>
                        do {
                            result = .success(try change(db))
                        } catch let error as LedgerError {
                            result = .failure(error)
                        }
                        return { continuation.resume(returning: result) }
                    },
                    fail: { continuation.resume(returning: .failure($0)) }))
        }
        return try result.get()
    }

    private func add(_ change: Change) {
        let (failure, isFirst) = state.withLock { state in
            if let failure = state.failure { return (LedgerError?.some(failure), false) }
            state.waiting.append(change)
            defer { state.isCommitting = true }
            return (nil, !state.isCommitting)
        }
        if let failure { change.fail(failure) }
        if isFirst { perform { self.writeGroup() } }
    }

    /// Commits the waiting changes, group by group, until none is left.
    private func writeGroup() {
        let group = state.withLock { state in
            defer { state.waiting = [] }
            return state.waiting
        }
        let failure = Self.write(group, to: ledger)
        let (left, isMore) = state.withLock { state in
            state.failure = failure
            let left = failure == nil ? [] : state.waiting
            if failure != nil { state.waiting = [] }
            state.isCommitting = !state.waiting.isEmpty
            return (left, state.isCommitting)
        }
        if let failure { for change in left { change.fail(failure) } }
        if isMore { perform { self.writeGroup() } }
    }

    /// Commits a group in one transaction and gives every change its result. Returns the error if the commit failed.
    private static func write(_ group: [Change], to ledger: Ledger) -> LedgerError? {
        do {
            let results = try ledger.write { db in try group.map { try $0.apply(db) } }
            for tell in results { tell() }
            return nil
        } catch {
            for change in group { change.fail(error) }
            return error
        }
    }

    private struct Change: Sendable {
        let apply: @Sendable (Database) throws -> @Sendable () -> Void
        let fail: @Sendable (LedgerError) -> Void
    }
}
