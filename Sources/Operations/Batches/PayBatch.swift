import Bookkeeping
import Payouts
import Processing

/// Pays a file or a batch: asks the bank about what is unknown, and sends every queued row once.
package struct PayBatch: Sendable {
    private let context: OperationContext
    private let consent: Consent
    private let options: Options
    private let work: BatchRun

    package struct Options: Sendable {
        /// Sends a second at most, or `nil` for no limit.
        package var ratePerSecond: Double?
        /// Whether the bank is asked about each row before it is sent, as after the loss of a ledger.
        package var asksFirst = false
        /// A person's word that the bank of the batch has a new address.
        package var isSameBank = false

        package init() {}
    }

    /// - Parameters:
    ///   - stop: stops the claiming of further rows.
    ///   - reportFolder: where the report goes; by default the output folder.
    package init(
        _ context: OperationContext, consent: Consent, options: Options = Options(), stop: StopSignal = StopSignal(),
        reportFolder: String? = nil
    ) {
        self.context = context
        self.consent = consent
        self.options = options
        work = BatchRun(context, stop: stop, reportFolder: reportFolder)
    }

    /// Pays what somebody named. A file that is new is stored first; an imported one is gone on with.
    package func run(
        _ fileOrBatch: String, reference: String? = nil, expected: ExpectedTotals = ExpectedTotals()
    ) async throws(OperationError) -> FinishedRun {
        try await OperationError.classifying {
            try work.prepare()
            let ledger = try context.openLedger()
            let search = RunTargetSearch(context: context, ledger: ledger, expected: expected)
            return try await pay(try search.target(fileOrBatch, reference: reference), in: ledger)
        }
    }

    /// Pays a batch that is in the ledger.
    package func run(_ batch: BatchReference) async throws(OperationError) -> FinishedRun {
        try await OperationError.classifying {
            try work.prepare()
            let ledger = try context.openExistingLedger()
            let record = try ledger.batch(named: batch.name)
            return try await pay(.known(record, ledger.remainder(of: record.id)), in: ledger)
        }
    }

    /// Agreement comes before the lock, so that nobody is held up by a question; under the lock everything is read again.
    func pay(_ target: RunTarget, in ledger: Ledger) async throws -> FinishedRun {
        let toSend = try target.toSend(in: context)
        try consent.obtain(for: toSend, warnings: target.warnings, of: target.reference)
        let lock = try context.runnerLock(for: target.reference.name)
        defer { lock.release() }
        let batch = try target.batch(in: ledger, context)
        // Others may have queued or withdrawn rows since the person was asked.
        let now = try RunTarget.known(batch, ledger.remainder(of: batch.id)).toSend(in: context)
        // Of a new file, rows that a lost ledger sent are not sent again: less than the person agreed to.
        let isLess = target.isNew && now.rows <= toSend.rows && now.sum <= toSend.sum
        guard now == toSend || isLess else { throw SendingRefusal.changedMeanwhile(batch.reference) }
        try SendingChecks(context: context, ledger: ledger).demand(for: batch, sending: now)
        context.observe(.started(batch.reference))
        let ending = try await work.withBank { bank in
            try await work.pay(batch, in: ledger, at: bank) {
                $0.ratePerSecond = options.ratePerSecond
                $0.asksFirst = options.asksFirst
                $0.isSameBank = options.isSameBank
            }
        }
        return try work.finish(batch, in: ledger, after: ending)
    }

    func prepare() throws {
        try work.prepare()
    }
}
