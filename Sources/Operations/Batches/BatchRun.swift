import Bookkeeping
import Logging
import Payouts
import Processing
import Reports

/// Contains the steps that paying, rerunning and reconciling share: open the bank, inform the observer, write the
/// report.
struct BatchRun: Sendable {
    let context: OperationContext
    let stop: StopSignal
    let reportFolder: String

    init(_ context: OperationContext, stop: StopSignal, reportFolder: String?) {
        self.context = context
        self.stop = stop
        self.reportFolder = reportFolder ?? context.outputFolder
    }

    /// Checks, before any money moves, that the report can be written.
    func prepare() throws(ReportError) {
        try Report.prepare(folder: reportFolder)
    }

    /// Opens the bank for one piece of work and closes it afterwards.
    func withBank<Result: Sendable>(_ work: (BankConnection) async throws -> Result) async throws -> Result {
        let bank = try await context.bank.open()
        let result: Swift.Result<Result, any Error>
        do {
            result = .success(try await work(bank))
        } catch {
            result = .failure(error)
        }
        do {
            try await bank.close()
        } catch {
            // Only log this error: the result of the run matters more than an unclean close.
            context.logger.warning("the connection to the bank did not close cleanly")
        }
        return try result.get()
    }

    func session(at bank: BankConnection, in ledger: Ledger, of batch: BatchRecord, _ isSameBank: Bool) -> BankSession {
        BankSession(
            ledger: ledger, bank: bank.bank, address: bank.address, senderName: context.rules.senderName,
            isSameBank: isSameBank, time: context.time, logger: logger(for: batch))
    }

    /// Sends the queued rows.
    func pay(
        _ batch: BatchRecord, in ledger: Ledger, at bank: BankConnection, change: (inout RunOptions) -> Void
    ) async throws -> RunEnding {
        let rules = context.rules
        var options = RunOptions(
            bankAddress: bank.address, senderName: rules.senderName, concurrency: rules.concurrency,
            stopRules: StopRules(suspectCodes: context.bank.catalogue.suspectCodes))
        options.softTimeout = rules.policy.hardTimeout / 4
        change(&options)
        return try await working(on: batch, in: ledger) { [options] in
            try await BatchRunner(
                ledger: ledger, commits: context.commits(ledger), bank: bank.bank, policy: rules.policy,
                options: options, time: context.time, random: context.random(), logger: logger(for: batch),
                executor: bank.executor, watch: watch
            ).run(batch, stop: stop)
        }
    }

    /// Informs the observer when the work with the bank begins and ends.
    func working(
        on batch: BatchRecord, in ledger: Ledger, _ work: () async throws -> RunEnding
    ) async throws -> RunEnding {
        let progress = RunProgress(
            of: batch.totals, standing: try ledger.totals(in: batch.id), at: context.time.uptime())
        context.observe(.working(RunWork(batch: batch, progress: progress, ledger: ledger, stop: stop)))
        defer { context.observe(.workEnded) }
        return try await work()
    }

    var watch: @Sendable (PayoutMove) -> Void {
        { [observe = context.observe] in observe(.moved($0)) }
    }

    /// Returns a logger that adds the batch's name, because one log covers many batches.
    func logger(for batch: BatchRecord) -> Logger {
        var logger = context.logger
        logger[metadataKey: "batch"] = "\(batch.reference)"
        return logger
    }

    /// Informs the observer how the run ended, writes the report and closes the ledger.
    func finish(_ batch: BatchRecord, in ledger: Ledger, after ending: RunEnding) throws -> FinishedRun {
        let isPaused = if case .paused = ending { true } else { false }
        if !isPaused, try ledger.remainder(of: batch.id).notSent.rows == 0 {
            // End the pause of an earlier run, because no unsent row is left.
            try ledger.setPause(nil, on: batch.id)
        }
        let statement = try ledger.statement(of: batch.id)
        context.observe(.ended(statement, ending, ledger))
        let path = try WriteReport(context).run(
            on: batch, in: ledger, format: .xlsx,
            to: "\(reportFolder)/\(FileName(reportOn: batch.reference, ofFile: batch.fileName, .xlsx))")
        context.observe(.reportWritten(path: path))
        try ledger.close()
        return FinishedRun(outcome: RunOutcome(ending, statement), statement: statement, report: path)
    }
}
