package import Bookkeeping
package import Foundation
package import Logging
package import PaymentValues
package import PayoutFiles
package import Payouts
package import Processing
import Reports

/// Everything that a use case needs: the acting person, the clock, the ledger, the rules, the bank and the observer.
///
///     let run = try await PayBatch(context, consent: consent).run("payroll.csv")
package struct OperationContext: Sendable {
    /// The name of the acting person.
    package private(set) var person: String
    /// The name of this process, such as “process 4711”. Other processes that wait for it show this name.
    package let process: String
    package let time: TimeSource
    package let timeZone: TimeZone
    /// The language of findings and reports.
    package let language: Language
    package internal(set) var ledger: LedgerLocation
    /// The default folder for reports.
    package let outputFolder: String
    /// The company's name, for reports.
    package let organisation: String?
    package let rules: SendingRules
    /// The answers of the settings or a person to what payout files leave open.
    package private(set) var choices: FileChoices
    package let bank: BankAccess
    package let logger: Logger
    package private(set) var observe: @Sendable (RunEvent) -> Void
    /// Creates the commit queue of one run.
    package var commits: @Sendable (Ledger) -> CommitQueue = { CommitQueue(ledger: $0) }
    /// Creates the random number generator of one run.
    package let random: @Sendable () -> RandomSource

    package init(
        person: String, process: String, time: TimeSource, timeZone: TimeZone, language: Language,
        ledger: LedgerLocation, outputFolder: String, organisation: String? = nil, rules: SendingRules,
        choices: FileChoices = FileChoices(),
        bank: BankAccess, logger: Logger,
        random: @escaping @Sendable () -> RandomSource, observe: @escaping @Sendable (RunEvent) -> Void
    ) {
        self.person = person
        self.process = process
        self.time = time
        self.timeZone = timeZone
        self.language = language
        self.ledger = ledger
        self.outputFolder = outputFolder
        self.organisation = organisation
        self.rules = rules
        self.choices = choices
        self.bank = bank
        self.logger = logger
        self.random = random
        self.observe = observe
    }

    /// Returns the same context for another acting person.
    package func acting(as person: String) -> OperationContext {
        var context = self
        context.person = person
        return context
    }

    /// Returns the same context with other choices for a payout file.
    package func choosing(_ choices: FileChoices) -> OperationContext {
        var context = self
        context.choices = choices
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
    /// Takes the runner lock of the ledger.
    ///
    /// - Throws: `LedgerError.runnerBusy(holder:)` if another process holds it.
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

    /// Returns the number of people who must approve the batch before it is sent. It is the larger of two numbers: by
    /// the present rules, and by the rules at the import.
    package func approvalsNeeded(for statement: BatchStatement) throws(Tiyin.Overflow) -> Int {
        max(statement.approvalsNeeded, rules.approvalsNeeded(for: try statement.toPay.sum))
    }

    /// Returns the totals that a run may send. With `resend` they include unknown rows, because the bank may not know
    /// them.
    package func toSend(notSent: ControlTotals, unknown: ControlTotals) throws(Tiyin.Overflow) -> ControlTotals {
        rules.policy.whenNotFound == .resend ? try notSent.adding(unknown) : notSent
    }
}

extension Date {
    /// Formats a moment as `30.11.2026 09:50:57`.
    package func stamp(in timeZone: TimeZone) -> String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = timeZone
        formatter.dateFormat = "dd.MM.yyyy HH:mm:ss"
        return formatter.string(from: self)
    }
}
