import ArgumentParser
import Bookkeeping
import Operations
import Payouts

struct RerunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rerun",
        abstract: "Pays refused rows again, each only after the bank was asked about its last attempt.")

    @Argument(help: "The batch's name.")
    var batch: String

    @Option(help: "Only these rows, as Excel numbers them: 3,7-9.")
    var rows: RowSelection?

    @Option(help: "Only rows refused for this reason, for example card_not_active.")
    var code: String?

    @Option(
        help: ArgumentHelp(
            "A table of corrections: the report's sheet “To review” saved as CSV, or columns row and account, mfo, pan, exp, amount.",
            discussion: "Without --rows and --code only the rows are paid again that the table changes."))
    var corrections: String?

    @Flag(help: "Do not ask; for cron. Does not accept warnings.")
    var yes = false

    @Flag(help: "Pay although the corrections have warnings; that is put on the record.")
    var acceptWarnings = false

    @Flag(help: "The bank of this batch has a new address, and it is the same bank.")
    var sameBank = false

    @OptionGroup var options: LedgerOptions

    func run() async throws {
        try await runCommand {
            let program = Composition(try await options.settings())
            let rerun = RerunRows(program.context, isSameBank: sameBank)
            let run = try await rerun.run(
                batch, correctedBy: try corrections.map(rerun.corrections),
                consent: program.consent(isGiven: yes, coversWarnings: acceptWarnings), where: choice)
            return try program.end(of: run, printsJSON: options.json)
        }
    }

    /// `nil` where neither --rows nor --code says which rows are meant.
    private var choice: RerunRows.Choice? {
        guard rows != nil || code != nil else { return nil }
        return { [rows, code] payout in
            rows?.contains(payout.attempt.row) ?? true && (code == nil || payout.reason?.code.rawValue == code)
        }
    }
}
