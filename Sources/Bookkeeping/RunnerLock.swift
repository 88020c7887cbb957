import Foundation

/// The exclusive right to send from a ledger. Only one process can hold it. It ends with a release or with the process.
package final class RunnerLock: Sendable {
    private let lock: FileLock

    /// Takes the lock.
    ///
    /// - Parameter holder: the text that another run shows, for example “process 4711, aziz, batch payroll”.
    /// - Throws: ``LedgerError/runnerBusy(holder:)`` if another process holds the lock. It does not wait.
    package init(ledgerPath: String, holder: String) throws(LedgerError) {
        lock = try FileLock(path: ledgerPath + ".runner")
        guard lock.tryLock() else {
            // The other process has locked the file, but may not have written its name yet.
            let holder = lock.contents()
            throw .runnerBusy(holder: holder.isEmpty ? "a process that has just started" : holder)
        }
        lock.replaceContents(with: holder)
    }

    /// Returns the holder of the lock, or `nil` if nobody holds it.
    ///
    /// It reads the name first, and tries the lock only if there is a name. Otherwise this check could make a starting
    /// run fail. It removes the name that a dead process left.
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
