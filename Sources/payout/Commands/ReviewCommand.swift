import ArgumentParser
import Bookkeeping
import Operations
import Payouts
import ProgramSettings
import Reports

struct ReviewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "review",
        abstract: "Lists the rows that need a decision, by reason, with the bank's answer and what to do.",
        discussion: "The row numbers have the form that --rows of rerun and withdraw accepts.")

    @Argument(help: "The batch's name.")
    var batch: String

    @OptionGroup var options: LedgerOptions

    func run() async throws {
        try await runCommand {
            let program = Composition(try options.settings())
            let (review, statement) = try program.context.withLedger(for: .reading) { ledger in
                let record = try program.context.batch(named: batch, in: ledger)
                return try ledger.report(on: record.id) { snapshot in
                    var review = Review(program.context.report(in: program.settings.language))
                    try snapshot.forEachRow { try review.take($0) }
                    return (review, snapshot.statement)
                }
            }
            program.console.result(
                options.json ? try JSONText.of(review.document(of: statement)) : review.text(of: statement))
            return .everyRowPaid
        }
    }
}
