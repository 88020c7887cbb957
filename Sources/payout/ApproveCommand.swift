import ArgumentParser
import Bookkeeping
import PaymentValues
import Payouts
import Reports

struct ApproveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve",
        abstract: "Approves a batch that another person imported, so that it may be sent.",
        discussion: """
            Say the totals from your own source, not from the screen: they are compared with the batch. An approval holds for \
            the batch as it stands; a correction of a row voids it.
            """)

    @Argument(help: "The batch's name.")
    var batch: String

    @Option(help: "How many payouts the batch has.")
    var rows: Int

    @Option(
        help: "What they sum up to, with its unit: “1500000.00 UZS” or “150000000 tiyin”.",
        transform: ExpectedTotals.sum)
    var sum: Tiyin

    @OptionGroup var options: LedgerOptions

    func run() async throws {
        try await ending {
            let services = Services(try await options.settings())
            let ledger = try services.openExistingLedger()
            let record = try services.batch(named: batch, in: ledger)
            try ledger.approve(record.id, as: ControlTotals(rows: rows, sum: sum))
            let statement = try ledger.statement(of: record.id)
            services.console.say(try services.text(of: statement))
            if options.json { services.console.result(try JSONText.of(SummaryDocument(statement, report: nil))) }
            try ledger.close()
            return .everyRowPaid
        }
    }
}
