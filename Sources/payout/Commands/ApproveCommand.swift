import ArgumentParser
import Operations
import PaymentValues
import Payouts
import ProgramSettings
import Reports

struct ApproveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve",
        abstract: "Approves a batch that another person imported, so that it may be sent.",
        discussion: """
            Take the totals from your own source, not from the screen: payout compares them with the batch. A later \
            correction of a row voids the approval. payout shows what changed since last time, and the corrections that an \
            approval is about. With --corrections it approves only if there are exactly that many.
            """)

    @Argument(help: "The batch's name.")
    var batch: String

    @Option(help: "The number of payouts in the batch.")
    var rows: Int

    @Option(
        help: "Their total with its unit: “1500000.00 UZS” or “150000000 tiyin”.",
        transform: ExpectedTotalsOptions.sum)
    var sum: Tiyin

    @Option(
        help: "The number of corrections in the batch that you have seen.")
    var corrections: Int?

    @OptionGroup var options: LedgerOptions

    func run() async throws {
        try await runCommand {
            let program = Composition(try options.settings())
            let approval = ApproveBatch(program.context)
            let report = program.context.report(in: program.settings.language)
            if let comparison = try CompareBatch(program.context).run(batch) {
                program.console.say(program.console.text(of: comparison, hidesTotals: true))
            }
            for event in try approval.corrections(of: batch).toApprove {
                guard case .corrected(let changes) = event.why else { continue }
                let values = ["row": "\(event.row ?? 0)", "changes": report.text(of: changes, hidesSums: true)]
                program.console.say("\(program.console.words("correction.row", values)) (\(event.who))")
            }
            let statement = try approval.run(
                batch, as: ControlTotals(rows: rows, sum: sum), knowing: corrections)
            program.console.say(try program.text(of: statement))
            if options.json { program.console.result(try JSONText.of(SummaryDocument(statement, report: nil))) }
            return .everyRowPaid
        }
    }
}
