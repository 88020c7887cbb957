import ArgumentParser
import Bookkeeping
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
        try await ending {
            let services = Services(try await options.settings())
            let isChosen: ((RefusedPayout) -> Bool)? =
                rows == nil && code == nil
                ? nil
                : { payout in
                    rows?.contains(payout.attempt.row) ?? true && (code == nil || payout.reason?.code.rawValue == code)
                }
            return try await BatchWork(services, printsJSON: options.json).rerun(
                batch, correctedBy: try corrections.map(services.corrections),
                consent: .asked(isGiven: yes, coversWarnings: acceptWarnings), isSameBank: sameBank,
                where: isChosen)
        }
    }
}
