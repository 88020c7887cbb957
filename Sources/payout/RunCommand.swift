import ArgumentParser
import Configuration
import Payouts
import Processing

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

    @OptionGroup var expected: ExpectedTotals
    @OptionGroup var options: LedgerOptions

    func run() async throws {
        try await ending {
            let services = Services(try await options.settings(["concurrency": concurrency.map(String.init)]))
            return try await BatchWork(services, printsJSON: options.json).run(
                fileOrBatch, reference: reference, expected: expected,
                consent: .asked(isGiven: yes, coversWarnings: acceptWarnings)
            ) { run in
                run.ratePerSecond = rate?.perSecond
                run.asksFirst = askFirst
                run.isSameBank = sameBank
            }
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
