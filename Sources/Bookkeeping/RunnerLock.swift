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

    /// Who works on the ledger now; `nil` where nobody does.
    ///
    /// Looks at the name first, and tries the lock only where one stands there: a look must not be what another run
    /// meets. A name that a dead process left is taken away.
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
