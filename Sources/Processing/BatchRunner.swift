package import Bookkeeping
package import Logging
import Payouts

/// Pays a batch. It asks about the rows that an earlier run left unknown, sends every queued row, and asks again.
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

    /// Makes a runner.
    /// - Parameter executor: runs the slots. By default it is the executor of all tasks.
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

    /// Runs the batch.
    ///
    /// - Parameter stop: stops further claims; requests in flight may finish.
    /// - Throws: ``LedgerError``, after every request in flight has ended.
    package func run(_ batch: BatchRecord, stop: StopSignal) async throws(LedgerError) -> RunEnding {
        // Record this before anything can end the run: a later run without the option must still ask before it sends.
        if options.asksFirst { try ledger.askFirst(about: batch.id) }
        try ledger.checkUnaltered(batch.id)
        let senderName: String
        switch try await session.open(batch, where: { $0.notSent.rows + $0.unknown.rows > 0 }) {
        case .open(let name): senderName = name
        case .nothingToDo: return .nothingToDo
        case .unreachable(let reason):
            try ledger.recordRun(of: batch.id, turnedAwayFor: reason, isRefused: false)
            return .bankUnreachable(reason)
        case .refused(let reason):
            try ledger.recordRun(of: batch.id, turnedAwayFor: reason, isRefused: true)
            return .paused(reason)
        }
        try ledger.beginRun(of: batch.id)
        try await reconciler.reconcile(batch.id, patience: .zero, stop: stop)

        // A status query can queue rows again (`whenNotFound: resend`). The limit ends the run if a bank loses every
        // request.
        for _ in 1...3 where stop.reason == nil {
            try await SendingPass(self, batch: batch, senderName: senderName, stop: stop).run()
            try await reconciler.reconcile(
                batch.id, patience: stop.reason == nil ? options.patience : .zero, stop: stop)
            if try ledger.remainder(of: batch.id).notSent.rows == 0 { break }
        }
        try ledger.eraseJournal()
        let isFinished = try ledger.remainder(of: batch.id).notSent.rows == 0
        let pause = isFinished ? nil : stop.reason ?? Reason(.notFoundAtBank)
        try ledger.endRun(of: batch.id, pause: pause)
        return pause.map(RunEnding.paused) ?? .finished
    }

    var lostLedgerAttempts: LostLedgerAttempts { LostLedgerAttempts(ledger: ledger, bank: bank) }

    private var session: BankSession {
        BankSession(
            ledger: ledger, bank: bank, address: options.bankAddress, senderName: options.senderName,
            isSameBank: options.isSameBank, time: time, logger: logger)
    }
}
