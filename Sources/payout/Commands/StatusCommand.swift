import ArgumentParser
import Bookkeeping
import Operations
import Payouts
import ProgramSettings
import Reports

struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Shows the totals of a batch by state, with the balance check; without a name, of all batches.")

    @Argument(help: "The batch's name.")
    var batch: String?

    @OptionGroup var options: LedgerOptions

    func run() async throws {
        try await runCommand {
            let program = Composition(try options.settings())
            let (statements, comparison) = try program.context.withLedger(for: .reading) { ledger in
                let batches = try batch.map { [try program.context.batch(named: $0, in: ledger)] } ?? ledger.batches()
                let compared = try batch == nil ? nil : CompareBatch(program.context).run(batches[0], in: ledger)
                return (try batches.map { try ledger.statement(of: $0.id) }, compared)
            }
            if options.json {
                let documents = try statements.map {
                    try SummaryDocument(
                        $0, report: nil, putRight: LedgerNotices.shared.document,
                        comparison: batch == nil ? nil : ComparisonDocument(comparison))
                }
                program.console.result(try batch == nil ? JSONText.of(documents) : JSONText.of(documents[0]))
            } else if statements.isEmpty {
                program.console.result(program.console.words("status.noBatches"))
            } else {
                let compared = comparison.map { program.console.text(of: $0, in: program.settings.language) }
                let texts = try statements.map { try program.text(of: $0) } + [compared].compactMap(\.self)
                program.console.result(texts.joined(separator: "\n\n"))
            }
            return statements.allSatisfy(\.addsUp) ? .everyRowPaid : .unexpected
        }
    }
}
