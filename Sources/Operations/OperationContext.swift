import Bookkeeping
import Foundation
import Logging
import Payouts
import Processing
import Reports

/// What every use case is given: who acts, the clock, the ledger, the rules, the way to the bank, and who watches.
///
///     let run = try await PayBatch(context, consent: consent).run("payroll.csv")
package struct OperationContext: Sendable {
    /// The person in whose name things are done.
    package private(set) var person: String
    /// Names this process to others that wait for it, such as “process 4711”.
    package let process: String
    package let time: TimeSource
    package let timeZone: TimeZone
    /// The language of findings and reports.
    package let language: Language
    package let ledger: LedgerLocation
    /// Where reports go that nobody named a place for.
    package let outputFolder: String
    package let rules: SendingRules
    package let bank: BankAccess
    package let logger: Logger
    package private(set) var observe: @Sendable (RunEvent) -> Void
    /// Commits the changes of one run.
    package var commits: @Sendable (Ledger) -> CommitQueue = { CommitQueue(ledger: $0) }
    /// The randomness of one run.
    package let random: @Sendable () -> RandomSource

    package init(
        person: String, process: String, time: TimeSource, timeZone: TimeZone, language: Language,
        ledger: LedgerLocation, outputFolder: String, rules: SendingRules, bank: BankAccess, logger: Logger,
        random: @escaping @Sendable () -> RandomSource, observe: @escaping @Sendable (RunEvent) -> Void
    ) {
        self.person = person
        self.process = process
        self.time = time
        self.timeZone = timeZone
        self.language = language
        self.ledger = ledger
        self.outputFolder = outputFolder
        self.rules = rules
        self.bank = bank
        self.logger = logger
        self.random = random
        self.observe = observe
    }

    /// Returns the same context for what another person does.
    package func acting(as person: String) -> OperationContext {
        var context = self
        context.person = person
        return context
    }

    /// Returns the same context with one more observer.
    package func observed(by observer: @escaping @Sendable (RunEvent) -> Void) -> OperationContext {
        var context = self
        context.observe = { [observe] event in
            observe(event)
            observer(event)
        }
        return context
    }
}

extension OperationContext {
    /// Takes the runner's lock of the ledger.
    ///
    /// - Throws: `LedgerError.runnerBusy(holder:)` where another process has it.
    package func runnerLock(for work: String) throws -> RunnerLock {
        try RunnerLock(
            ledgerPath: ledger.path,
            holder: "\(process) of \(person), batch “\(work)”, since \(time.now().stamp(in: timeZone))")
    }

    var calendar: Calendar {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone
        return calendar
    }

    /// Whether a batch is only sent after a second person approved it.
    package func needsApproval(_ batch: BatchRecord) -> Bool { batch.needsApproval || rules.requiresApproval }

    /// Returns what a run may send: with `resend`, also rows of which the bank turns out to know nothing.
    package func toSend(notSent: ControlTotals, unknown: ControlTotals) throws(Tiyin.Overflow) -> ControlTotals {
        rules.policy.whenNotFound == .resend ? try notSent.adding(unknown) : notSent
    }
}

extension Date {
    /// Formats a moment as `2026-11-30 09:50:57`.
    package func stamp(in timeZone: TimeZone) -> String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = timeZone
        formatter.dateFormat = "yyyy-MM-dd HH:mm:ss"
        return formatter.string(from: self)
    }
}
