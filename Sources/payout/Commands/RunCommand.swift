import ArgumentParser
import Foundation
import Operations
import PaymentValues
import Payouts
import ProgramSettings
import Reports

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Pays every row of a file or batch once. Run it again to resume.",
        discussion: """
            Shows the control totals and asks before it sends anything. The first Ctrl-C waits for the answers to open \
            requests; the second quits now. Nothing is lost either way.
            """)

    @Argument(help: "A payout file, or the name of a batch.")
    var fileOrBatch: String

    @Option(help: "The batch's name. Default: the file's name without its extension.")
    var reference: String?

    @Option(help: "The number of requests in flight at once (PAYOUT_CONCURRENCY).")
    var concurrency: Int?

    @Option(help: "The most payouts per second, for example 20/s.")
    var rate: Rate?

    @Flag(help: "Ask the bank about each row before sending it: for a ledger that was lost and rebuilt.")
    var askFirst = false

    @Flag(help: "Confirm that the new address belongs to the bank of this batch.")
    var sameBank = false

    @OptionGroup var consent: ConsentOptions
    @OptionGroup var fileOptions: FileOptions
    @OptionGroup var expected: ExpectedTotalsOptions
    @OptionGroup var options: LedgerOptions

    func run() async throws {
        try await runCommand {
            let program = Composition(
                try options.settings(
                    fileOptions.settings.merging(consent.acceptance.settings) { $1 }
                        .merging([.concurrency: concurrency.map(String.init)]) { $1 }))
            if fileOrBatch.contains("/") || FileManager.default.fileExists(atPath: fileOrBatch) {
                try program.settings.demandReach(of: fileOrBatch)
            }
            if !program.settings.isSandboxed { _ = try program.settings.bank() }
            var payment = PayBatch.Options()
            payment.ratePerSecond = rate?.perSecond
            payment.asksFirst = askFirst
            payment.isSameBank = sameBank
            let run = try await PayBatch(
                fileOptions.choosing(in: program.context), consent: consent.consent(program.console),
                options: payment
            ).run(fileOrBatch, reference: reference, expected: expected.totals)
            return try program.end(of: run, printsJSON: options.json)
        }
    }
}

/// A number of payouts per second, written as `20/s` or `0.5/s`.
struct Rate: ExpressibleByArgument {
    let perSecond: Double

    init?(argument: String) {
        let number = argument.hasSuffix("/s") ? String(argument.dropLast(2)) : argument
        guard let perSecond = Double(number), perSecond.isFinite, perSecond > 0 else { return nil }
        self.perSecond = perSecond
    }
}

extension Composition {
    /// Prints the JSON document of a run if it was requested, and returns the exit status.
    func end(of run: FinishedRun, printsJSON: Bool) throws -> ExitStatus {
        if printsJSON {
            console.result(
                try JSONText.of(
                    SummaryDocument(run.statement, report: run.report, putRight: LedgerNotices.shared.document)))
        }
        return ExitStatus(run.outcome)
    }

    /// Returns the totals of a batch as text, with its bank.
    func text(of statement: BatchStatement) throws(Tiyin.Overflow) -> String {
        try StatementText(of: statement, context.report(in: settings.language)).text
    }
}
