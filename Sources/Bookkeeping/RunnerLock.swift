import Foundation

/// The right to send from a ledger: one process at a time. It ends when it is released or its process dies.
package final class RunnerLock: Sendable {
    private let lock: FileLock

    /// - Parameter holder: what a second run is told, for example “process 4711, aziz, batch payroll”.
    /// - Throws: ``LedgerError/runnerBusy(holder:)`` at once where another process holds it.
    package init(ledgerPath: String, holder: String) throws(LedgerError) {
        lock = try FileLock(path: ledgerPath + ".runner")
        guard lock.tryLock() else {
            // Between its lock and its name the other has said nothing yet.
            let holder = lock.contents()
            throw .runnerBusy(holder: holder.isEmpty ? "a process that has just begun" : holder)
        }
        lock.replaceContents(with: holder)
    }

    package func release() {
        lock.replaceContents(with: "")
        lock.unlock()
    }
}
