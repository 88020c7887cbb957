package import Bookkeeping
package import Logging
import Payouts

/// Pays a batch: asks about what an earlier run left unknown, sends every queued row, asks again.
///
/// The caller holds the ``RunnerLock`` of the ledger.
package struct BatchRunner: Sendable {
    let ledger: Ledger
    let commits: CommitQueue
    let bank: any Bank
    let reconciler: Reconciler
    let options: RunOptions
    let time: TimeSource
    let random: RandomSource
    let logger: Logger
    let executor: (any TaskExecutor)?
    let watch: @Sendable (PayoutMove) -> Void

    /// - Parameter executor: where the slots of a run do their work; by default where all tasks do.
    package init(
        ledger: Ledger, commits: CommitQueue, bank: any Bank, policy: ReconciliationPolicy, options: RunOptions,
        time: TimeSource, random: RandomSource, logger: Logger, executor: (any TaskExecutor)? = nil,
        watch: @escaping @Sendable (PayoutMove) -> Void
    ) {
        self.ledger = ledger
        self.commits = commits
        self.bank = bank
        self.options = options
        self.time = time
        self.random = random
        self.logger = logger
        self.executor = executor
        self.watch = watch
        reconciler = Reconciler(
            ledger: ledger, commits: commits, bank: bank, policy: policy, time: time, logger: logger, watch: watch)
    }

    /// - Parameter stop: stops the claiming of further rows; requests on their way are let finish.
    /// - Throws: ``LedgerError`` after every request on its way has ended.
    package func run(_ batch: BatchRecord, stop: StopSignal) async throws(LedgerError) -> RunEnding {
        // On record before anything can end the run: a later one, told nothing, must not send what this one would have
        // asked about.
        if options.asksFirst { try ledger.askFirst(about: batch.id) }
        try ledger.demandUnaltered(batch.id)
        let interrupted = try ledger.takeOver()
        if interrupted > 0 {
            logger.warning("\(interrupted) payouts were on their way when an earlier run ended; the bank will be asked")
        }
        if try ledger.checkClock(time.reading) {
            logger.info("the clock was set, or the machine restarted, since the last run: quiet periods begin anew")
        }
        let before = try ledger.remainder(of: batch.id)
        guard before.notSent.rows + before.unknown.rows > 0 else {
            return try await entry.endWithNothingToDo(for: batch)
        }
        let senderName: String
        switch try await entry.enter(with: batch) {
        case .ready(let name): senderName = name
        case .unreachable(let reason): return .bankUnreachable(reason)
        case .refused(let reason): return try pause(batch, reason)
        }
        try ledger.setPause(nil, on: batch.id)
        try await reconciler.reconcile(batch.id, patience: .zero, stop: stop)

        // Asking can put rows back into the queue (`whenNotFound: resend`); a bank that loses every request must not keep
        // a run going for ever.
        for _ in 1...3 where stop.reason == nil {
            try await SendingPass(self, batch: batch, senderName: senderName, stop: stop).run()
            try await reconciler.reconcile(
                batch.id, patience: stop.reason == nil ? options.patience : .zero, stop: stop)
            if try ledger.remainder(of: batch.id).notSent.rows == 0 { break }
        }
        try ledger.eraseJournal()
        guard try ledger.remainder(of: batch.id).notSent.rows > 0 else { return .finished }
        return try pause(batch, stop.reason ?? Reason(.notFoundAtBank))
    }

    var forgottenAttempts: ForgottenAttempts { ForgottenAttempts(ledger: ledger, bank: bank) }

    private var entry: BankEntry {
        BankEntry(
            ledger: ledger, bank: bank, address: options.bankAddress, senderName: options.senderName,
            isSameBank: options.isSameBank)
    }

    private func pause(_ batch: BatchRecord, _ reason: Reason) throws(LedgerError) -> RunEnding {
        try ledger.setPause(reason, on: batch.id)
        return .paused(reason)
    }
}
