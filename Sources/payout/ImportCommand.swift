import ArgumentParser
import Bookkeeping
import PayoutFiles
import Payouts
import Reports

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Checks a payout file and stores it as a batch. Nothing is sent.")

    @Argument(help: "The payout file.")
    var file: String

    @Option(help: "The batch's name. Default: the file's name without its extension.")
    var reference: String?

    @OptionGroup var expected: ExpectedTotals
    @OptionGroup var options: LedgerOptions

    func run() async throws {
        try await ending {
            let services = Services(try await options.settings())
            let ledger = try services.openLedger()
            let checked = try services.check(file, against: ledger)
            services.tellTotals(of: checked.file)
            try services.demandPayable(checked.file)
            services.tellFindings(of: checked.file)
            try expected.check(checked.file.totals, of: checked.file.name)
            let batch = try services.store(
                checked, as: checked.file.reference(chosen: reference), isDeliberate: reference != nil, in: ledger)
            services.console.say("stored as batch “\(batch.reference)”: pay it with payout run \(batch.reference)")
            if options.json {
                services.console.result(
                    try JSONText.of(
                        SummaryDocument(
                            ledger.statement(of: batch.id), report: nil, putRight: LedgerNotices.shared.document)))
            }
            // The batch is then whole in the one file that people copy.
            try ledger.eraseJournal()
            try ledger.close()
            return .everyRowPaid
        }
    }
}
