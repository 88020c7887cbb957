import ArgumentParser
import Operations
import Payouts
import Reports

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Pays a file or a batch: every row once. Run again, it goes on where it stopped.",
        discussion: """
            Shows the control totals and asks before anything is sent. The first Ctrl-C lets requests on their way finish, \
            the second ends at once; nothing is lost either way.
            """)

    @Argument(help: "A payout file, or the name of a batch.")
    var fileOrBatch: String

    @Option(help: "The batch's name. Default: the file's name without its extension.")
    var reference: String?

    @Flag(help: "Do not ask; for cron. Does not accept warnings.")
    var yes = false

    @Flag(help: "Pay although there are warnings; that is put on the record.")
    var acceptWarnings = false

    @Option(help: "Requests open at once (PAYOUT_CONCURRENCY).")
    var concurrency: Int?

    @Option(help: "Payouts a second at most, for example 20/s.")
    var rate: Rate?

    @Flag(help: "Ask the bank about each row before it is sent: for a ledger that was lost and built anew.")
    var askFirst = false

    @Flag(help: "The bank of this batch has a new address, and it is the same bank.")
    var sameBank = false

    @OptionGroup var expected: ExpectedTotalsOptions
    @OptionGroup var options: LedgerOptions

    func run() async throws {
        try await runCommand {
            let program = Composition(try await options.settings(["concurrency": concurrency.map(String.init)]))
            if !program.settings.isSandboxed { _ = try program.settings.bank() }
            var payment = PayBatch.Options()
            payment.ratePerSecond = rate?.perSecond
            payment.asksFirst = askFirst
            payment.isSameBank = sameBank
            let run = try await PayBatch(
                program.context, consent: program.consent(isGiven: yes, coversWarnings: acceptWarnings),
                options: payment
            ).run(fileOrBatch, reference: reference, expected: expected.totals)
            return try program.end(of: run, printsJSON: options.json)
        }
    }
}

/// A number of payouts a second, written `20/s` or `0.5/s`.
struct Rate: ExpressibleByArgument {
    let perSecond: Double

    init?(argument: String) {
        let number = argument.hasSuffix("/s") ? String(argument.dropLast(2)) : argument
        guard let perSecond = Double(number), perSecond.isFinite, perSecond > 0 else { return nil }
        self.perSecond = perSecond
    }
}

extension Composition {
    /// Agreement by a flag, or else at the terminal.
    func consent(isGiven: Bool, coversWarnings: Bool) -> Consent {
        .asked(isGiven: isGiven, coversWarnings: coversWarnings) { [console] question in
            let rows = question.totals.rows == 1 ? "1 payout" : "\(question.totals.rows) payouts"
            let warnings = question.warnings == 1 ? "1 warning" : "\(question.warnings) warnings"
            let remark = question.warnings == 0 ? "" : " in spite of \(warnings)"
            return console.confirm("Send \(rows) for \(question.totals.sum) so'm\(remark)?")
        }
    }

    /// Prints what a run came to, for programs, and returns the status for cron.
    func end(of run: FinishedRun, printsJSON: Bool) throws -> ExitStatus {
        if printsJSON {
            console.result(
                try JSONText.of(
                    SummaryDocument(run.statement, report: run.report, putRight: LedgerNotices.shared.document)))
        }
        return ExitStatus(run.outcome)
    }

    /// How a batch stands, with its bank.
    func text(of statement: BatchStatement) throws(Tiyin.Overflow) -> String {
        try StatementText(of: statement, bank: context.report(in: settings.language).name(ofBank: statement.bank)).text
    }
}
