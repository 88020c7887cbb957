import AnorBank
import Bookkeeping
import Foundation
import Logging
import Operations
import PaymentValues
import PayoutFiles
import Payouts
import Processing
import Reports
import Synchronization

/// Shows the events of a use case to a person or a log. While a run works with the bank, it handles signals and writes
/// metrics.
final class RunDisplay: Sendable {
    private let console: Console
    private let time: TimeSource
    private let language: Language
    private let metrics: RunMetrics?
    private let logger: Logger
    private let isServer: Bool
    private let work = Mutex(Work())

    /// The display, the signal watch and the metrics of a run that works with the bank.
    private struct Work {
        var progress: ProgressDisplay?
        var signals: StopOnSignal?
        var publishing: MetricsTicker?
    }

    init(
        console: Console, time: TimeSource, language: Language, metrics: RunMetrics?, logger: Logger, isServer: Bool
    ) {
        self.console = console
        self.time = time
        self.language = language
        self.metrics = metrics
        self.logger = logger
        self.isServer = isServer
    }

    @Sendable func observe(_ event: RunEvent) {
        switch event {
        case .moved(let move): work.withLock(\.progress)?.take(move)
        case .ledgerNoticed(let finding, let path): LedgerNotices.shared.tell(of: finding, path, console)
        case .otherBatchesNotLookedUp(let error):
            console.say("the check ignores other batches: \(console.text(of: error))")
        case .fileChecked(let file): console.say(TotalsText(of: file).text)
        case .findings(let log):
            if log.count > 0 { console.say(console.text(of: log)) }
        case .imported(let batch):
            if !isServer { console.say("stored as batch “\(batch)”: pay it with payout run \(batch)") }
        case .batchChosen(let batch, let toSend, let accounts):
            console.say(TotalsText("batch “\(batch)”, to send", toSend, accounts: accounts).text)
        case .correctionsPlanned(let plan, let before): tell(plan, before)
        case .nothingToRerun(let batch): console.say("batch “\(batch)” has no refused rows of this kind")
        case .started: break
        case .working(let work): begin(work)
        case .rerunAnswered(let answers):
            for (row, answer) in answers.sorted(by: { $0.key < $1.key }) { tell(answer, ofRow: row) }
        case .reversed(let row):
            console.say("row \(row): the bank reports that it reversed this payout; the row stays paid, see the report")
        case .workEnded: end()
        case .ended(let statement, let ending, let ledger):
            tell(statement, ending)
            publish(statement, ending, ledger)
        case .reportWritten(let path): console.say("report: \(path)")
        }
    }
}

// MARK: While a run works with the bank

extension RunDisplay {
    private func begin(_ run: RunWork) {
        let progress = ProgressDisplay(
            run.batch.reference, run.progress, console: console, time: time, isShown: !isServer)
        let publishing = metrics.map { MetricsTicker($0, of: run.batch, in: run.ledger, time: time, logger: logger) }
        let signals = isServer ? nil : StopOnSignal(stop: run.stop, console: console)
        work.withLock { $0 = Work(progress: progress, signals: signals, publishing: publishing) }
    }

    private func end() {
        let ended = work.withLock { work in
            defer { work = Work() }
            return work
        }
        ended.publishing?.end()
        ended.signals?.end()
        ended.progress?.end()
    }

    /// Writes the metrics of all recent batches, and the end of this run.
    private func publish(_ statement: BatchStatement, _ ending: RunEnding, _ ledger: Ledger) {
        guard let metrics else { return }
        let now = time.now()
        do {
            let since = OperationContext.duplicateWindow(at: now)
            for batch in try ledger.batches() where batch.importedAt > since || batch.reference == statement.reference {
                try metrics.observe(batch, in: ledger, at: now)
            }
            let outcome = RunOutcome(ending, statement)
            let pause = if case .paused(let reason) = outcome { Reason?.some(reason) } else { Reason?.none }
            metrics.end(pause: pause, status: ExitStatus(outcome), at: now)
            if let trouble = metrics.write() { logger.warning("\(trouble)") }
        } catch {
            logger.warning("the metrics cannot be read from the ledger: \(error)")
        }
    }
}

// MARK: Words

extension RunDisplay {
    private var report: Report {
        Report(
            language: language, catalogue: AnorBank.catalogue,
            stamp: ReportStamp(by: "", at: time.now(), timeZone: Composition.timeZone))
    }

    private func tell(_ statement: BatchStatement, _ ending: RunEnding) {
        let batch = statement.reference.name
        do {
            console.say(
                try StatementText(of: statement, bank: report.name(ofBank: statement.bank)).text,
                message: "the totals of the batch",
                details: try Dictionary(
                    uniqueKeysWithValues: statement.parts.map { ($0.state.rawValue, String($0.totals.rows)) }
                        + [("batch", batch)]))
        } catch {
            console.say("the totals of batch “\(batch)” are too large to add up", level: .error)
        }
        switch ending {
        case .nothingToDo: console.say("batch “\(batch)” is finished: nothing was sent")
        case .finished: break
        case .paused(let reason):
            console.say(
                "paused: \(report.text(of: reason)). Run again to resume", level: .warning,
                message: "the batch is paused", details: ["batch": batch, "reason": reason.code.rawValue])
        case .bankUnreachable(let reason):
            console.say(
                "the bank cannot be reached: \(report.text(of: reason)). Nothing was sent; run again later",
                level: .error, message: "the bank cannot be reached", details: ["batch": batch])
        }
    }

    /// Shows the corrections and the new total of the batch.
    private func tell(_ plan: CorrectionPlan, _ before: ControlTotals) {
        for (row, correction) in plan.changes { console.say("row \(row.row): \(text(of: correction, on: row))") }
        do {
            let change = try plan.difference
            guard change != .zero else { return }
            console.say(
                "the total of the batch was \(before.sum) so‘m; with these corrections it is \(try before.sum.adding(change)) so‘m"
            )
        } catch {
            console.say("the total of the batch with these corrections is too large to add up", level: .error)
        }
    }

    private func text(of change: Correction, on row: StatementRow) -> String {
        var parts: [String] = []
        if let account = change.account { parts.append("account \(row.account) → \(account)") }
        if let bankCode = change.bankCode { parts.append("MFO \(row.bankCode.digits) → \(bankCode.digits)") }
        if let card = change.card { parts.append("card \(row.maskedCard) → \(card.masked)") }
        if change.expiry != nil { parts.append("a new expiry") }
        if let amount = change.amount { parts.append("amount \(row.amount) → \(amount) so‘m") }
        return parts.joined(separator: ", ")
    }

    private func tell(_ answer: Rerun.Answer, ofRow row: Int) {
        switch answer {
        case .queued: break
        case .takenBack(let state):
            console.say("row \(row) is not sent: the bank now reports that it is \(state.rawValue)")
        case .tooEarly(let until):
            let stamp = until.stamp(in: Composition.timeZone)
            console.say(
                "row \(row) is not sent: an earlier request may still be in flight; try again after \(stamp)")
        case .notAsked(let reason):
            console.say("row \(row) is not sent: the bank could not be asked (\(report.text(of: reason)))")
        case .mustStayAsItIs:
            console.say(
                "row \(row) is not sent: a person recorded the refusal, not the bank. It can be sent again only without corrections"
            )
        case .hasChanged: console.say("row \(row) is not sent: somebody else changed it in the meantime")
        }
    }
}
