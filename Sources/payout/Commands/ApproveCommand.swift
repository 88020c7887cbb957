import ArgumentParser
import Operations
import PaymentValues
import Payouts
import Reports

struct ApproveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve",
        abstract: "Approves a batch that another person imported, so that it may be sent.",
        discussion: """
            Take the totals from your own source, not from the screen: payout compares them with the batch. A later \
            correction of a row voids the approval.
            """)

    @Argument(help: "The batch's name.")
    var batch: String

    @Option(help: "The number of payouts in the batch.")
    var rows: Int

    @Option(
        help: "Their total with its unit: “1500000.00 UZS” or “150000000 tiyin”.",
        transform: ExpectedTotalsOptions.sum)
    var sum: Tiyin

    @OptionGroup var options: LedgerOptions

    func run() async throws {
        try await runCommand {
            let program = Composition(try options.settings())
            let statement = try ApproveBatch(program.context).run(batch, as: ControlTotals(rows: rows, sum: sum))
            program.console.say(try program.text(of: statement))
            if options.json { program.console.result(try JSONText.of(SummaryDocument(statement, report: nil))) }
            return .everyRowPaid
        }
    }
}
