import Bookkeeping
import Payouts
package import Processing

/// Asks the bank about every row whose outcome is unknown. It sends nothing.
package struct ReconcileBatch: Sendable {
    private let context: OperationContext
    private let asksAboutPaid: Bool
    private let isSameBank: Bool
    private let stop: StopSignal
    private let work: BatchRun

    /// Makes a reconciliation.
    /// - Parameters:
    ///   - asksAboutPaid: whether to ask the bank also about rows that it reported as paid.
    ///   - isSameBank: whether a person confirmed that the batch's bank has a new address.
    package init(
        _ context: OperationContext, asksAboutPaid: Bool = false, isSameBank: Bool = false,
        stop: StopSignal = StopSignal()
    ) {
        self.context = context
        self.asksAboutPaid = asksAboutPaid
        self.isSameBank = isSameBank
        self.stop = stop
        work = BatchRun(context, stop: stop, reportFolder: nil)
    }

    package func run(_ name: String) async throws(OperationError) -> FinishedRun {
        try await OperationError.classifyingAsync {
            try work.prepare()
            let ledger = try context.openExistingLedger()
            let lock = try context.runnerLock(for: name)
            defer { lock.release() }
            let batch = try context.batch(named: name, in: ledger)
            context.observe(.started(batch.reference))
            let ending = try await work.withBank { bank in
                try await work.working(on: batch, in: ledger) { try await ask(batch, at: bank, in: ledger) }
            }
            return try work.finish(batch, in: ledger, after: ending)
        }
    }

    private func ask(_ batch: BatchRecord, at bank: BankConnection, in ledger: Ledger) async throws -> RunEnding {
        let session = work.session(at: bank, in: ledger, of: batch, isSameBank)
        // If nothing was sent, there is nothing to ask, and the batch is not bound to a bank yet.
        switch try await session.open(batch, where: { batch.bank != nil || $0.unknown.rows > 0 }) {
        case .open: break
        case .nothingToDo: return .finished
        case .unreachable(let reason): return .bankUnreachable(reason)
        case .refused(let reason): return .paused(reason)
        }
        let commits = context.commits(ledger)
        try await Reconciler(
            ledger: ledger, commits: commits, bank: bank.bank, policy: context.rules.policy, time: context.time,
            logger: work.logger(for: batch), watch: work.watch
        ).reconcile(batch.id, patience: RunOptions.defaultPatience, stop: stop)
        guard asksAboutPaid else { return .finished }
        let audit = PaidAudit(ledger: ledger, commits: commits, bank: bank.bank)
        for row in try await audit.audit(batch.id, stop: stop) { context.observe(.reversed(row: row)) }
        return .finished
    }
}
