import ArgumentParser
import Bookkeeping
import Operations
import Payouts
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
            let statements = try program.context.withLedger(for: .reading) { ledger in
                let batches = try batch.map { [try program.context.batch(named: $0, in: ledger)] } ?? ledger.batches()
                return try batches.map { try ledger.statement(of: $0.id) }
            }
            if options.json {
                let documents = try statements.map {
                    try SummaryDocument($0, report: nil, putRight: LedgerNotices.shared.document)
                }
                program.console.result(try batch == nil ? JSONText.of(documents) : JSONText.of(documents[0]))
            } else if statements.isEmpty {
                program.console.result(program.console.words("status.noBatches"))
            } else {
                program.console.result(try statements.map { try program.text(of: $0) }.joined(separator: "\n\n"))
            }
            return statements.allSatisfy(\.addsUp) ? .everyRowPaid : .unexpected
        }
    }
}
