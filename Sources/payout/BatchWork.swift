import AnorBank
import Bookkeeping
import Foundation
import Logging
import PayoutFiles
import Payouts
import Processing
import Reports

/// A batch from the command line to its report: what `run` and `reconcile` share.
struct BatchWork: Sendable {
    private let services: Services
    private let printsJSON: Bool
    private let reportFolder: String
    private let attendance: RunAttendance?

    /// - Parameters:
    ///   - reportFolder: where reports go; by default the folder of the settings.
    ///   - attendance: who stops the work, where that is not the person at the terminal.
    init(
        _ services: Services, printsJSON: Bool, reportFolder: String? = nil, attendance: RunAttendance? = nil
    ) {
        self.services = services
        self.attendance = attendance
        self.reportFolder = reportFolder ?? services.settings.outputFolder
        self.printsJSON = printsJSON
    }

    /// - Parameter change: what the command line says of this run.
    func run(
        _ fileOrBatch: String, reference: String?, expected: ExpectedTotals?, consent: Consent,
        change: (inout RunOptions) -> Void
    ) async throws -> ExitStatus {
        try Report.prepare(folder: reportFolder)
        if !services.settings.isSandboxed { _ = try services.settings.bank() }
        let ledger = try services.openLedger()
        let intake = try Intake(
            fileOrBatch, reference: reference, expected: expected, services: services, ledger: ledger)
        return try await run(intake, in: ledger, consent: consent, change: change)
    }

    /// Pays a batch that is in the ledger.
    func run(
        _ batch: BatchReference, consent: Consent, change: (inout RunOptions) -> Void
    ) async throws -> ExitStatus {
        try Report.prepare(folder: reportFolder)
        let ledger = try services.openExistingLedger()
        let record = try ledger.batch(named: batch.name)
        return try await run(
            .known(record, ledger.remainder(of: record.id)), in: ledger, consent: consent, change: change)
    }

    private func run(
        _ intake: Intake, in ledger: Ledger, consent: Consent, change: (inout RunOptions) -> Void
    ) async throws -> ExitStatus {
        let toSend = try intake.toSend(under: services.policy)
        try consent.obtain(
            for: toSend, warnings: intake.warnings, of: intake.reference, console: services.console)
        let lock = try services.runnerLock(for: intake.reference.name)
        defer { lock.release() }
        let batch = try intake.batch(in: ledger, by: services)
        // Read again under the lock: others may have queued or withdrawn rows since the person was asked.
        let now = try Intake.known(batch, ledger.remainder(of: batch.id)).toSend(under: services.policy)
        // Of a new file, rows that a lost ledger sent are not sent again: less than the person agreed to.
        let isLess = intake.isNew && now.rows <= toSend.rows && now.sum <= toSend.sum
        guard now == toSend || isLess else { throw Refusal.changedMeanwhile(batch.reference) }
        try Safeguards(services: services, ledger: ledger).demand(for: batch, sending: now)
        attendance?.begun()
        let ending = try await withBank { bank in try await pay(batch, in: ledger, at: bank, change: change) }
        return try finish(batch, in: ledger, after: ending)
    }

    /// Queues refused rows again, corrected where people corrected them, as far as the bank lets them, and pays what is
    /// queued.
    ///
    /// - Parameters:
    ///   - table: what is to be corrected.
    ///   - isSameBank: a person's word that the bank of the batch has a new address.
    ///   - isChosen: which rows are meant; by default those that are corrected, or all where none is.
    func rerun(
        _ name: String, correctedBy table: CorrectionFile?, consent: Consent, isSameBank: Bool = false,
        where isChosen: ((RefusedPayout) -> Bool)?
    ) async throws -> ExitStatus {
        try Report.prepare(folder: reportFolder)
        let ledger = try services.openExistingLedger()
        let lock = try services.runnerLock(for: name)
        defer { lock.release() }
        let batch = try services.batch(named: name, in: ledger)
        let plan = try RerunPlan(of: batch, correctedBy: table, in: ledger, services, where: isChosen)
        let corrections = plan.corrections
        if corrections.log.count > 0 { services.console.say(services.findingsText(corrections.log)) }
        guard !plan.rows.isEmpty else {
            let ending = try await withBank { bank in
                try await entry(to: bank, in: ledger, isSameBank).endWithNothingToDo(for: batch)
            }
            services.console.say("batch “\(batch.reference)” has no refused rows of this kind")
            return try finish(batch, in: ledger, after: ending)
        }
        try corrections.tell(on: ledger.statement(of: batch.id), services.console)
        try consent.obtain(
            for: plan.totals, warnings: corrections.log.warningCount, of: batch.reference, console: services.console)
        attendance?.begun()
        let ending = try await withBank { bank in
            _ = try ledger.takeOver()
            switch try await entry(to: bank, in: ledger, isSameBank).enter(with: batch) {
            case .unreachable(let reason): return RunEnding.bankUnreachable(reason)
            case .refused(let reason): return .paused(reason)
            case .ready: break
            }
            try ledger.acceptWarnings(ofCorrections: corrections.log.warningCounts, of: batch.id)
            let answers = try await Rerun(
                ledger: ledger, commits: CommitQueue(ledger: ledger), bank: bank.bank, policy: services.policy,
                time: services.time
            ).rerun(batch.id, correcting: corrections.byRow) { plan.rows.contains($0.attempt.row) }
            attendance?.answered(answers)
            for (row, answer) in answers.sorted(by: { $0.key < $1.key }) { tell(answer, ofRow: row) }
            try Safeguards(services: services, ledger: ledger)
                .demand(for: batch, sending: ledger.remainder(of: batch.id).notSent)
            return try await pay(batch, in: ledger, at: bank) { $0.isSameBank = isSameBank }
        }
        return try finish(batch, in: ledger, after: ending)
    }

    private func tell(_ answer: Rerun.Answer, ofRow row: Int) {
        switch answer {
        case .queued: break
        case .takenBack(let state):
            services.console.say("row \(row) is not sent: the bank says now that it is \(state.rawValue)")
        case .tooEarly(let until):
            services.console.say(
                "row \(row) is not sent: an earlier request may still be on its way; try again after \(services.stamp(until))"
            )
        case .notAsked(let reason):
            services.console.say("row \(row) is not sent: the bank could not be asked (\(services.text(of: reason)))")
        case .mustStayAsItIs:
            services.console.say(
                "row \(row) is not sent: the bank never refused it, a person did; so it goes out again as it was, or not at all"
            )
        case .hasChanged: services.console.say("row \(row) is not sent: somebody else changed it meanwhile")
        }
    }

    private func pay(
        _ batch: BatchRecord, in ledger: Ledger, at bank: OpenBank, change: (inout RunOptions) -> Void
    ) async throws -> RunEnding {
        var options = RunOptions(
            bankAddress: bank.address, senderName: services.settings.senderName,
            concurrency: services.settings.concurrency,
            stopRules: StopRules(suspectCodes: AnorBank.catalogue.suspectCodes))
        options.softTimeout = services.settings.requestTimeout / 4
        change(&options)
        return try await watching(batch, in: ledger) { [options] stop, watch in
            try await BatchRunner(
                ledger: ledger, commits: CommitQueue(ledger: ledger), bank: bank.bank, policy: services.policy,
                options: options, time: services.time, random: RandomSource(SystemRandomNumberGenerator()),
                logger: services.logger(for: batch), executor: bank.executor, watch: watch
            ).run(batch, stop: stop)
        }
    }

    /// - Parameters:
    ///   - paidToo: whether the bank is also asked about rows that it said are paid.
    ///   - isSameBank: a person's word that the bank of the batch has a new address.
    func reconcile(_ name: String, paidToo: Bool, isSameBank: Bool = false) async throws -> ExitStatus {
        try Report.prepare(folder: reportFolder)
        let ledger = try services.openExistingLedger()
        let lock = try services.runnerLock(for: name)
        defer { lock.release() }
        let batch = try services.batch(named: name, in: ledger)
        attendance?.begun()
        let ending = try await withBank { bank in
            _ = try ledger.takeOver()
            // Where nothing was sent there is nothing to ask, and the batch belongs to no bank yet.
            guard try batch.bank != nil || ledger.remainder(of: batch.id).unknown.rows > 0 else {
                return RunEnding.finished
            }
            return try await watching(batch, in: ledger) { stop, watch in
                switch try await entry(to: bank, in: ledger, isSameBank).enter(with: batch) {
                case .unreachable(let reason): return RunEnding.bankUnreachable(reason)
                case .refused(let reason): return .paused(reason)
                case .ready: break
                }
                let commits = CommitQueue(ledger: ledger)
                try await Reconciler(
                    ledger: ledger, commits: commits, bank: bank.bank, policy: services.policy, time: services.time,
                    logger: services.logger(for: batch), watch: watch
                ).reconcile(batch.id, patience: RunOptions.defaultPatience, stop: stop)
                if paidToo {
                    let reversed = try await PaidAudit(ledger: ledger, commits: commits, bank: bank.bank)
                        .audit(batch.id, stop: stop)
                    for row in reversed {
                        services.console.say(
                            "row \(row): the bank says that it took this payout back; it stays paid, see the report")
                    }
                }
                return .finished
            }
        }
        return try finish(batch, in: ledger, after: ending)
    }

    private func entry(to bank: OpenBank, in ledger: Ledger, _ isSameBank: Bool) -> BankEntry {
        BankEntry(
            ledger: ledger, bank: bank.bank, address: bank.address, senderName: services.settings.senderName,
            isSameBank: isSameBank)
    }

    private func withBank<T: Sendable>(_ work: (OpenBank) async throws -> T) async throws -> T {
        let bank = try await OpenBank(services)
        let result: Result<T, any Error>
        do {
            result = .success(try await work(bank))
        } catch {
            result = .failure(error)
        }
        do {
            try await bank.close()
        } catch {
            // What the run came to matters more than how its connections ended.
            services.logger.warning("the connection to the bank did not close cleanly")
        }
        return try result.get()
    }

    /// Shows the progress and heeds signals while the work goes on.
    private func watching(
        _ batch: BatchRecord, in ledger: Ledger,
        _ work: (StopSignal, @escaping @Sendable (PayoutMove) -> Void) async throws -> RunEnding
    ) async throws -> RunEnding {
        let stop = attendance?.stop ?? StopSignal()
        let display = ProgressDisplay(
            batch, standing: try ledger.totals(in: batch.id), console: services.console, time: services.time)
        func shown() async throws -> RunEnding {
            try await display.follow {
                try await publishing(batch, in: ledger) { try await work(stop, display.take) }
            }
        }
        if attendance != nil { return try await shown() }
        return try await StopOnSignal(stop: stop, console: services.console).watch { try await shown() }
    }

    /// Writes the metrics now and then while the work goes on.
    private func publishing<T: Sendable>(
        _ batch: BatchRecord, in ledger: Ledger, _ work: () async throws -> T
    ) async throws -> T {
        guard let metrics = services.metrics else { return try await work() }
        let ticker = Task { [services] in
            do {
                while true {
                    try metrics.observe(batch, in: ledger, at: services.time.now())
                    if let trouble = metrics.write() { services.logger.warning("\(trouble)") }
                    try await services.time.sleep(.seconds(10))
                }
            } catch {
                // The run has ended; what it came to is written then.
            }
        }
        let result: Result<T, any Error>
        do {
            result = .success(try await work())
        } catch {
            result = .failure(error)
        }
        ticker.cancel()
        // What is written at the end must not be overwritten by what was known before.
        await ticker.value
        return try result.get()
    }

    /// Writes the metrics of all batches that people may still look at, and how this run ended.
    private func publish(
        _ batch: BatchRecord, in ledger: Ledger, _ statement: BatchStatement, _ status: ExitStatus
    ) throws {
        guard let metrics = services.metrics else { return }
        let now = services.time.now()
        for other in try ledger.batches() where other.importedAt > services.twinsSince || other.id == batch.id {
            try metrics.observe(other, in: ledger, at: now)
        }
        metrics.end(of: batch, pause: status == .paused ? statement.pause : nil, status: status, at: now)
        if let trouble = metrics.write() { services.logger.warning("\(trouble)") }
    }

    /// Writes the report and says how it ended.
    private func finish(_ batch: BatchRecord, in ledger: Ledger, after ending: RunEnding) throws -> ExitStatus {
        let isPaused = if case .paused = ending { true } else { false }
        if !isPaused, try ledger.remainder(of: batch.id).notSent.rows == 0 {
            // An earlier run's pause, of which nothing is left to go on with.
            try ledger.setPause(nil, on: batch.id)
        }
        let statement = try ledger.statement(of: batch.id)
        services.console.say(
            try services.text(of: statement), message: "how the batch stands",
            details: try Dictionary(
                uniqueKeysWithValues: statement.parts.map { ($0.state.rawValue, String($0.totals.rows)) }
                    + [("batch", batch.reference.name)]))
        let status: ExitStatus
        switch ending {
        case .nothingToDo:
            services.console.say("batch “\(batch.reference)” is finished: nothing was sent")
            status = ExitStatus(of: statement)
        case .finished:
            status = ExitStatus(of: statement)
        case .paused(let reason):
            services.console.say(
                "paused: \(services.text(of: reason)). Run again to resume", level: .warning,
                message: "the batch is paused",
                details: ["batch": batch.reference.name, "reason": reason.code.rawValue])
            status = .paused
        case .bankUnreachable(let reason):
            services.console.say(
                "the bank cannot be reached: \(services.text(of: reason)). Nothing was sent; run again later",
                level: .error, message: "the bank cannot be reached", details: ["batch": batch.reference.name])
            status = .bankUnreachable
        }
        try publish(batch, in: ledger, statement, status)
        let path = try services.writeReport(
            on: batch, in: ledger, format: .xlsx, language: services.settings.language,
            to: "\(reportFolder)/\(FileName(batch.reference.name, ".xlsx"))")
        services.console.say("report: \(path)")
        if printsJSON {
            services.console.result(
                try JSONText.of(SummaryDocument(statement, report: path, putRight: LedgerNotices.shared.document)))
        }
        try ledger.close()
        return status
    }
}
