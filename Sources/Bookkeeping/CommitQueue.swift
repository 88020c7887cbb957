import Dispatch
import GRDB
import Payouts

/// Commits changes in groups: while one group is being made durable, the next one gathers. The number of fsyncs follows
/// the number of groups, not of rows.
///
/// A change is not lost when the task that asked for it is cancelled: it is applied on a thread of its own. After the
/// first failure of the disk or of SQLite nothing more is written over this connection.
package actor CommitQueue {
    let ledger: Ledger
    private let perform: @Sendable (@escaping @Sendable () -> Void) -> Void
    private var waiting: [Change] = []
    private var isCommitting = false
    private var failure: LedgerError?

    /// - Parameter perform: does the work of a commit, which blocks; by default on a thread of its own.
    package init(ledger: Ledger, perform: (@Sendable (@escaping @Sendable () -> Void) -> Void)? = nil) {
        self.ledger = ledger
        let thread = DispatchQueue(label: "ledger commits")
        self.perform = perform ?? { work in thread.async(execute: work) }
    }

    /// Applies a change and returns once it is on disk. A change checks everything before its first write: one that
    /// throws a ``LedgerError`` must have written nothing, for the rest of its group is still committed.
    func commit<T: Sendable>(_ change: @escaping @Sendable (Database) throws -> T) async throws(LedgerError) -> T {
        if let failure { throw failure }
        do {
            return try await withCheckedThrowingContinuation { continuation in
                let apply = { @Sendable (db: Database) -> @Sendable () -> Void in
                    let result: Result<T, LedgerError>
                    do {
                        result = .success(try change(db))
                    } catch let error as LedgerError {
                        result = .failure(error)
                    }
                    return { continuation.resume(with: result.mapError { $0 as any Error }) }
                }
                waiting.append(Change(apply: apply) { continuation.resume(throwing: $0) })
                if !isCommitting {
                    isCommitting = true
                    Task { await drain() }
                }
            }
        } catch let error as LedgerError {
            throw error
        } catch {
            throw ledger.writingError(error)
        }
    }

    private func drain() async {
        while !waiting.isEmpty {
            let group = waiting
            waiting = []
            if let failure {
                for change in group { change.fail(failure) }
            } else {
                failure = await withCheckedContinuation { continuation in
                    perform { [ledger] in continuation.resume(returning: Self.write(group, to: ledger)) }
                }
            }
        }
        isCommitting = false
    }

    /// One transaction; tells every change of the group what became of it. Returns the failure, if there was one.
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
