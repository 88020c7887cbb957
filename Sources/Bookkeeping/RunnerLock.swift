import Foundation

/// The right to send from a ledger: one process at a time. It ends when it is released or its process dies.
package final class RunnerLock: Sendable {
    private let lock: FileLock

    /// - Parameter holder: what a second run is told, for example “process 4711, aziz, batch payroll”.
    /// - Throws: ``LedgerError/runnerBusy(holder:)`` at once where another process holds it.
    package init(ledgerPath: String, holder: String) throws(LedgerError) {
        lock = try FileLock(path: ledgerPath + ".runner")
        guard lock.tryLock() else { throw .runnerBusy(holder: lock.contents()) }
        lock.replaceContents(with: holder)
    }

    package func release() {
        lock.replaceContents(with: "")
        lock.unlock()
    }
}
