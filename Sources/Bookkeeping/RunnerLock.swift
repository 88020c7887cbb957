import Foundation

/// The right to send from a ledger, which one process at a time can hold. It ends with a release or with the process.
package final class RunnerLock: Sendable {
    private let lock: FileLock

    /// Takes the lock.
    ///
    /// - Parameter holder: a description for a second run, for example “process 4711, aziz, batch payroll”.
    /// - Throws: ``LedgerError/runnerBusy(holder:)`` at once if another process holds the lock.
    package init(ledgerPath: String, holder: String) throws(LedgerError) {
        lock = try FileLock(path: ledgerPath + ".runner")
        guard lock.tryLock() else {
            // The other process has locked the file but has not yet written its name.
            let holder = lock.contents()
            throw .runnerBusy(holder: holder.isEmpty ? "a process that has just started" : holder)
        }
        lock.replaceContents(with: holder)
    }

    /// Returns who works on the ledger now, or `nil` if nobody does.
    ///
    /// The name is read first, and the lock is tried only if there is a name. Otherwise this check could make a
    /// starting run fail. The name that a dead process left is removed.
    package static func holder(ofLedgerAt path: String) throws(LedgerError) -> String? {
        let lock = try FileLock(path: path + ".runner")
        let holder = lock.contents()
        guard !holder.isEmpty else { return nil }
        guard lock.tryLock() else { return holder }
        lock.replaceContents(with: "")
        lock.unlock()
        return nil
    }

    package func release() {
        lock.replaceContents(with: "")
        lock.unlock()
    }
}
