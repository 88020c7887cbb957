import AnorBank
import Bookkeeping
import Foundation
import Logging
import Monitoring
import Operations
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
        console: Console, time: TimeSource, metrics: RunMetrics?, logger: Logger, isServer: Bool
    ) {
        self.console = console
        self.time = time
        self.metrics = metrics
        self.logger = logger
        self.isServer = isServer
    }

    @Sendable func observe(_ event: RunEvent) {
        switch event {
        case .moved(let move): work.withLock(\.progress)?.take(move)
        case .ledgerNoticed(let finding, let path): LedgerNotices.shared.tell(of: finding, path, console)
        case .otherBatchesNotLookedUp(let error):
            console.say(console.words("import.othersIgnored", ["error": console.text(of: error)]))
        case .fileChecked(let file):
            console.say(TotalsText(of: file, in: console.lineLanguage).text)
            if let comparison = file.comparison { console.say(console.text(of: comparison)) }
        case .findings(let log):
            if log.count > 0 { console.say(console.text(of: log)) }
        case .imported(let batch):
            if !isServer { console.say(console.words("import.stored", ["batch": batch.name])) }
        case .batchChosen(let batch, let toSend, let accounts):
            console.say(TotalsText(of: batch, toSend: toSend, accounts: accounts, in: console.lineLanguage).text)
        case .correctionsPlanned(let plan, let before):
            for line in text.lines(of: plan, before: before) { console.say(line) }
        case .nothingToRerun(let batch): console.say(console.words("rerun.nothing", ["batch": batch.name]))
        case .started: break
        case .working(let work): begin(work)
        case .rerunAnswered(let answers):
            for (row, answer) in answers.sorted(by: { $0.key < $1.key }) {
                if let line = text.text(of: answer, row: row) { console.say(line) }
            }
        case .reversed(let row): console.say(console.words("row.reversed", ["row": String(row)]))
        case .workEnded: end()
        case .ended(let statement, let ending, let ledger):
            tell(statement, ending)
            publish(statement, ending, ledger)
        case .reportWritten(let path): console.say(console.words("run.report", ["path": path]))
        }
    }

    private var text: RunText {
        RunText(
            Report(
                language: console.lineLanguage, catalogue: AnorBank.catalogue,
                stamp: ReportStamp(by: "", at: time.now(), timeZone: Composition.timeZone)),
            timeZone: Composition.timeZone)
    }

    private func tell(_ statement: BatchStatement, _ ending: RunEnding) {
        let batch = statement.reference
        do {
            console.say(
                try text.totals(of: statement), message: "the totals of the batch",
                details: try Dictionary(
                    uniqueKeysWithValues: statement.parts.map { ($0.state.rawValue, String($0.totals.rows)) }
                        + [("batch", batch.name)]))
        } catch {
            console.say(console.words("statement.tooLarge", ["batch": batch.name]), level: .error)
        }
        guard let line = text.text(of: ending, of: batch) else { return }
        switch ending {
        case .nothingToDo, .finished: console.say(line)
        case .paused(let reason):
            console.say(
                line, level: .warning, message: "the batch is paused",
                details: ["batch": batch.name, "reason": reason.code.rawValue])
        case .bankUnreachable:
            console.say(
                line, level: .error, message: "the bank cannot be reached", details: ["batch": batch.name])
        }
    }
}

// MARK: While a run works with the bank

extension RunDisplay {
    private func begin(_ run: RunWork) {
        // English has this line from the log.
        let unknown = run.progress[.unknown].rows
        if unknown > 0, console.lineLanguage != .en { console.say(console.words("run.asking", count: unknown)) }
        let progress = ProgressDisplay(
            run.batch.reference, run.progress, text: text, console: console, time: time, isShown: !isServer)
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
            try metrics.observe(ledger, since: since, and: statement.reference, at: now)
            let outcome = RunOutcome(ending, statement)
            let pause = if case .paused(let reason) = outcome { Reason?.some(reason) } else { Reason?.none }
            metrics.end(pause: pause, exitCode: ExitStatus(outcome).rawValue, at: now)
            if let trouble = metrics.write() { logger.warning("\(trouble)") }
        } catch {
            logger.warning("the metrics cannot be read from the ledger: \(error)")
        }
    }
}
