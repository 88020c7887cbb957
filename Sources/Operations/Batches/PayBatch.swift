import Bookkeeping
package import Payouts
package import Processing

/// Pays a file or a batch: asks the bank about unknown rows, and sends every queued row once.
package struct PayBatch: Sendable {
    private let context: OperationContext
    private let consent: Consent
    private let options: Options
    private let work: BatchRun

    package struct Options: Sendable {
        /// The largest number of sends per second. `nil` means no limit.
        package var ratePerSecond: Double?
        /// Whether the run asks the bank about each row before it sends the row. This is needed after the loss of a
        /// ledger.
        package var asksFirst = false
        /// Whether a person confirmed that the bank of this batch has a new address.
        package var isSameBank = false
        /// The second factor by which the person confirmed the totals of the consent.
        package var confirmation: EventCause.Confirmation?

        package init() {}
    }

    /// Makes a payment.
    /// - Parameters:
    ///   - stop: makes the run claim no further rows.
    ///   - reportFolder: the folder of the report. By default it is the output folder.
    package init(
        _ context: OperationContext, consent: Consent, options: Options = Options(), stop: StopSignal = StopSignal(),
        reportFolder: String? = nil
    ) {
        self.context = context
        self.consent = consent
        self.options = options
        work = BatchRun(context, stop: stop, reportFolder: reportFolder)
    }

    /// Pays a file or batch given by its name. A new file is stored first, an imported one is continued.
    package func run(
        _ fileOrBatch: String, reference: String? = nil, expected: ExpectedTotals = ExpectedTotals()
    ) async throws(OperationError) -> FinishedRun {
        try await OperationError.classifyingAsync {
            try work.prepare()
            let ledger = try context.openLedger()
            let search = RunTargetSearch(context: context, ledger: ledger, expected: expected)
            return try await pay(try search.target(fileOrBatch, reference: reference), in: ledger)
        }
    }

    /// Pays a batch of the ledger.
    package func run(_ batch: BatchReference) async throws(OperationError) -> FinishedRun {
        try await OperationError.classifyingAsync {
            try work.prepare()
            let ledger = try context.openExistingLedger()
            let record = try ledger.batch(named: batch.name)
            return try await pay(.known(record, ledger.remainder(of: record.id)), in: ledger)
        }
    }

    /// Pays a file or batch. It asks for consent before it takes the lock, so that an open question blocks no other
    /// run. Under the lock it reads everything again.
    func pay(_ target: RunTarget, in ledger: Ledger) async throws -> FinishedRun {
        let toSend = try target.toSend(in: context)
        try consent.obtain(
            for: toSend, warnings: target.warnings(in: ledger), accepting: context.rules.acceptedWarnings,
            of: target.reference)
        let lock = try context.runnerLock(for: target.reference.name)
        defer { lock.release() }
        let batch = try target.batch(
            in: ledger, context, acceptsWarnings: consent.coversWarnings(of: toSend))
        // Other people may have queued or withdrawn rows while the question was open.
        let now = try RunTarget.known(batch, ledger.remainder(of: batch.id)).toSend(in: context)
        // A lost ledger may already have sent rows of a new file. They are not sent again, so the run sends less than
        // the person agreed to.
        let isLess = target.isNew && now.rows <= toSend.rows && now.sum <= toSend.sum
        guard now == toSend || isLess else { throw SendingRefusal.changedMeanwhile(batch.reference) }
        try SendingChecks(context: context, ledger: ledger).demand(for: batch, sending: now)
        if let confirmation = options.confirmation { try ledger.confirmSending(of: batch.id, now, by: confirmation) }
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
