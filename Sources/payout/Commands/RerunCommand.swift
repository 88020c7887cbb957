import ArgumentParser
import Bookkeeping
import Operations
import Payouts
import ProgramSettings

struct RerunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rerun",
        abstract: "Sends refused rows again. First asks the bank about the last attempt at each row.")

    @Argument(help: "The batch's name.")
    var batch: String

    @Option(help: "Only these rows, by their numbers in Excel: 3,7-9.")
    var rows: RowSelection?

    @Option(help: "Only rows refused for this reason, for example card_not_active.")
    var code: String?

    @Option(
        help: ArgumentHelp(
            "A table of corrections: the report (.xlsx) with its sheet “To decide” filled in, or a table with columns row and account, mfo, pan, exp, amount.",
            discussion: "Without --rows and --code, only the rows that the table changes are sent again."))
    var corrections: String?

    @Flag(help: "Confirm that the new address belongs to the bank of this batch.")
    var sameBank = false

    @OptionGroup var consent: ConsentOptions
    @OptionGroup var options: LedgerOptions

    func run() async throws {
        try await runCommand {
            let program = Composition(try options.settings(consent.acceptance.settings))
            if let corrections { try program.settings.demandReach(of: corrections) }
            let rerun = RerunRows(program.context, isSameBank: sameBank)
            let run = try await rerun.run(
                batch, correctedBy: try corrections.map(rerun.corrections),
                consent: consent.consent(program.console), where: choice)
            return try program.end(of: run, printsJSON: options.json)
        }
    }

    /// The choice of rows. `nil` without --rows and --code.
    private var choice: RerunRows.Choice? {
        guard rows != nil || code != nil else { return nil }
        return { [rows, code] payout in
            rows?.contains(payout.attempt.row) ?? true && (code == nil || payout.reason?.code.rawValue == code)
        }
    }
}
